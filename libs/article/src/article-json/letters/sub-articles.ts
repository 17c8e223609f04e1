import { metaOf } from '../../jats/article-parts.ts'
import { htmlOf } from '../../jats/markup.ts'
import { attributeOf, childOf, childrenOf, type Element } from '../../jats/tree.ts'
import { attributionOf } from '../attribution.ts'
import { acknowledgementsOf, appendicesOf, ethicsOf } from '../back/back-matter.ts'
import { backSectionsOf, type BackSection } from '../back/back-sections.ts'
import { dataSetsOf, type DataSets } from '../back/data-sets.ts'
import { fundingOf, type Funding } from '../back/funding.ts'
import { notesOf } from '../back/notes.ts'
import type { Appendix, Block, NoteGroup, Paragraph } from '../blocks.ts'
import { blocksOf } from '../body.ts'
import { markupContext, type FilePlaces } from '../conversion.ts'
import { abstractsOf, type Abstracts } from '../front/abstracts.ts'
import { factsOf, type Fact } from '../front/facts.ts'
import { keywordsOf, type Keywords } from '../front/keywords.ts'
import { publicationEventsOf, type PublicationEvent } from '../front/publication-events.ts'
import { relatedLinksOf, type RelatedLink } from '../front/related-links.ts'
import { allSubjectGroupsOf, type SubjectGroup } from '../front/subject-groups.ts'
import { furtherTitles, type FurtherTitles } from '../front/titles.ts'
import { authorsOf, notesOfAuthors, type Author } from '../people/authors.ts'
import { unclaimedAffiliations } from '../people/affiliations.ts'
import type { Place } from '../people/people.ts'
import { otherContributorsOf, type OtherContributor } from '../people/reviewers.ts'
import { targetsOf, type Targets } from '../people/targets.ts'
import { referencesOf, type References } from '../references/lists.ts'
import { ownDoi } from '../titled.ts'

/** The front and back matter of a sub-article. */
export interface SubArticleParts extends FurtherTitles, Abstracts, Partial<Keywords>, Partial<References> {
  readonly lang?: string | undefined
  readonly authors?: readonly Author[]
  readonly contributors?: readonly OtherContributor[]
  /** Affiliations that nobody points to. */
  readonly affiliations?: readonly Place[]
  readonly subjects?: readonly SubjectGroup[]
  readonly publicationEvents?: readonly PublicationEvent[]
  readonly relatedLinks?: readonly RelatedLink[]
  readonly acknowledgements?: readonly Block[]
  readonly appendices?: readonly Appendix[]
  readonly backSections?: readonly BackSection[]
  readonly dataSets?: DataSets
  readonly ethics?: readonly Paragraph[]
  readonly funding?: Funding | undefined
  readonly notes?: readonly NoteGroup[]
  readonly facts?: readonly Fact[]
  /** The owner of it and the terms of its use, with inline HTML. */
  readonly attribution?: readonly string[] | undefined
  /** Those in it: replies to a reviewer's report, a translation's own letters. */
  readonly subArticles?: readonly SubArticle[]
}

/** An article in the article: a translation, a report, a response. Not of the public API. */
export interface SubArticle extends SubArticleParts {
  /** As the XML says it: `translation`, `reviewer-report`, `reply`. */
  readonly type: string
  readonly id: string
  readonly doi?: string | undefined
  readonly title?: string | undefined
  readonly content?: readonly Block[]
}

/** The sub-articles and responses of an article. */
export function subArticlesIn(article: Element): readonly Element[] {
  return childrenOf(article, 'sub-article', 'response')
}

/** The kind of a sub-article or response. */
export function kindOfSubArticle(element: Element): string {
  return attributeOf(element, 'article-type') ?? attributeOf(element, 'response-type') ?? element.name
}

/** A sub-article with everything that it has. */
export function subArticleOf(element: Element, around: Targets, places: FilePlaces, fallbackId: string): SubArticle {
  const meta = metaOf(element)
  const id = attributeOf(element, 'id') ?? fallbackId
  return {
    type: kindOfSubArticle(element),
    id,
    doi: meta && ownDoi(meta),
    title: htmlOf(childOf(meta, 'title-group', 'article-title'), markupContext(places)) || undefined,
    ...subArticleParts(element, around, places, id),
    contributors: otherContributorsOf(element, targetsOf(element, around), true),
    content: blocksOf(childOf(element, 'body'), places),
  }
}

/** Everything of a sub-article but its title and text. */
export function subArticleParts(element: Element, around: Targets, places: FilePlaces, id: string): SubArticleParts {
  const meta = metaOf(element)
  const targets = targetsOf(element, around)
  const lang = attributeOf(element, 'xml:lang')
  return {
    lang,
    ...furtherTitles(meta),
    authors: authorsOf(element, targets, places.text?.linked),
    contributors: otherContributorsOf(element, targets),
    affiliations: unclaimedAffiliations(meta),
    subjects: allSubjectGroupsOf(meta),
    publicationEvents: publicationEventsOf(meta),
    ...abstractsOf(meta, places, lang),
    ...keywordsOf(meta, lang),
    relatedLinks: relatedLinksOf(element),
    acknowledgements: acknowledgementsOf(element, places),
    appendices: appendicesOf(element, places),
    backSections: backSectionsOf(element, places),
    dataSets: dataSetsOf(element),
    ethics: ethicsOf(element),
    funding: fundingOf(element),
    notes: notesOf(element, notesOfAuthors(element, targets), places),
    facts: factsOf(element, []),
    attribution: meta && attributionOf(meta, markupContext(places)),
    ...referencesOf(element, places, `${id}-`),
    subArticles: subArticlesIn(element).map((inner, index) =>
      subArticleOf(inner, targets, places, `${id}-sub-article-${index + 1}`),
    ),
  }
}
