import { metaOf } from '../jats/article-parts.ts'
import { attributeOf, type Element } from '../jats/tree.ts'
import { backSectionsOf, type BackSection } from './back/back-sections.ts'
import type { FilePlaces } from './conversion.ts'
import type { FurtherAbstract } from './front/abstracts.ts'
import type { KeywordGroup } from './front/keywords.ts'
import { publicationEventsOf, type PublicationEvent } from './front/publication-events.ts'
import { relatedLinksOf, type RelatedLink } from './front/related-links.ts'
import { subjectGroupsOf, type SubjectGroup } from './front/subject-groups.ts'
import { factsOf, type Fact } from './front/facts.ts'
import { furtherTitles, type FurtherTitles } from './front/titles.ts'
import { unclaimedAffiliations } from './people/affiliations.ts'
import type { Place } from './people/people.ts'
import { otherContributorsOf, type OtherContributor } from './people/reviewers.ts'
import type { ReferenceList } from './references/lists.ts'

/** Front and back matter of an article that the public API does not know. */
export interface Additions extends FurtherTitles {
  /** `xml:lang` of the article. */
  readonly language?: string | undefined
  readonly abstracts?: readonly FurtherAbstract[] | undefined
  readonly keywordsTitle?: string | undefined
  readonly keywordGroups?: readonly KeywordGroup[]
  readonly subjectGroups?: readonly SubjectGroup[]
  /** Those who are neither in the byline nor editors or reviewers. */
  readonly contributors?: readonly OtherContributor[]
  /** Affiliations that nobody points to. */
  readonly affiliations?: readonly Place[]
  readonly publicationEvents?: readonly PublicationEvent[]
  readonly relatedLinks?: readonly RelatedLink[]
  readonly backSections?: readonly BackSection[]
  readonly referenceLists?: readonly ReferenceList[]
  /** Entries of the metadata that have no place of their own. */
  readonly facts?: readonly Fact[]
}

/** The additions that are in no other part of the conversion. */
export function additionsOf(
  root: Element,
  places: FilePlaces,
  shown: { readonly subjects: readonly string[]; readonly statement: Element | undefined },
): Additions {
  const meta = metaOf(root)
  return {
    language: attributeOf(root, 'xml:lang'),
    ...furtherTitles(meta),
    subjectGroups: subjectGroupsOf(meta, shown.subjects),
    contributors: otherContributorsOf(root),
    affiliations: unclaimedAffiliations(meta),
    publicationEvents: publicationEventsOf(meta),
    relatedLinks: relatedLinksOf(root),
    backSections: backSectionsOf(root, places),
    facts: factsOf(root, [shown.statement]),
  }
}
