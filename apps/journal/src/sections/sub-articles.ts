import { Type, type Static } from 'typebox'
import { when, doiLink, heading, html, id, lang, nothing, type Html } from '../markup/html.ts'
import { inlineMarkup, phraseMarkup } from '../markup/sanitise.ts'
import { furtherAbstracts } from './abstracts.ts'
import { Block, Blocks, entriesOf, partOf, Passage } from '../article/article.ts'
import { contributions, dataSets, dataSetsTitle, funding } from './back-matter.ts'
import { credits } from '../article/credits.ts'
import {
  factList,
  furtherEntries,
  keywordFacts,
  phraseList,
  relatedLinks,
  subjectFacts,
  titleFacts,
} from './classification.ts'
import { deeper, type Frame } from '../article/frame.ts'
import { noteGroups } from '../article/notes.ts'
import { byline } from './people.ts'
import { publicationHistory } from './publication-history.ts'
import { referenceList } from './references.ts'
import { belowTitle } from './titles.ts'
import { languageName, typeName } from '../article/labels.ts'

const optional = Type.Optional(Type.String())
const part = Type.Optional(Type.Unknown())

/** The front and back matter of a sub-article or a letter. */
const Surroundings = Type.Object({
  lang: optional,
  subtitle: optional,
  translatedTitles: part,
  alternativeTitles: part,
  authors: part,
  contributors: part,
  affiliations: part,
  subjects: part,
  publicationEvents: part,
  abstract: part,
  digest: part,
  abstracts: part,
  keywords: Type.Optional(Type.Array(Type.String())),
  researchOrganisms: Type.Optional(Type.Array(Type.String())),
  keywordsTitle: optional,
  keywordGroups: part,
  relatedLinks: part,
  acknowledgements: part,
  appendices: part,
  backSections: part,
  dataSets: part,
  ethics: part,
  funding: part,
  notes: part,
  facts: part,
  attribution: Type.Optional(Type.Array(Type.String())),
  references: part,
  referenceLists: part,
  subArticles: part,
})
type Surroundings = Static<typeof Surroundings>

const SubArticle = Type.Interface([Surroundings], {
  type: Type.String(),
  id: optional,
  doi: optional,
  title: optional,
  content: Type.Optional(Blocks),
})
type SubArticle = Static<typeof SubArticle>

const Titled = Type.Object({ id: optional, title: optional, doi: optional, content: Blocks })

/** The articles in an article, of a shape that can be shown. */
export function subArticlesOf(value: unknown): SubArticle[] {
  return entriesOf(SubArticle, value)
}

/** Tells if an article in an article is part of its peer review, by its `article-type` in JATS. */
export function isReview(type: string): boolean {
  return /review|referee|editor-report|decision-letter|evaluation|author-comment|author-response|^reply$/.test(type)
}

/** Names a sub-article by its title, or else its type, and by its language. */
export function subArticleName({ title, type, lang: language }: SubArticle): string {
  const kind = type === 'translation' && language ? `Translation (${languageName(language)})` : typeName(type)
  return title ?? kind
}

/** All of an article in the article but its heading. */
export function subArticleContent(article: SubArticle, frame: Frame): Html {
  const kind = article.type === 'translation' && article.lang ? languageName(article.lang) : undefined
  return html`<div class="sub-article" ${lang(article.lang)}>
    ${article.title ? html`<p class="kicker"><span>${[typeName(article.type), kind].filter(Boolean).join(', ')}</span></p>` : nothing}
    ${beforeText(article, frame)} ${frame.blocks(article.content, frame)} ${afterText(article, frame)}
    ${when(article.doi, (doi) => html`<p class="part-doi">${doiLink(doi)}</p>`)}
  </div>`
}

/** Renders the front and back matter of a letter. */
export function surroundings(value: unknown, frame: Frame): { before: Html; after: Html } {
  const known = partOf(Surroundings, value)
  return known
    ? { before: beforeText(known, frame), after: afterText(known, frame) }
    : { before: nothing, after: nothing }
}

function beforeText(known: Surroundings, frame: Frame): Html {
  const abstract = partOf(Passage, known.abstract)
  const digest = partOf(Passage, known.digest)
  const keywords = known.keywords ?? []
  const organisms = known.researchOrganisms ?? []
  const events = publicationHistory(known.publicationEvents, frame.files)
  const facts = [
    ...(keywords.length > 0 ? [{ name: known.keywordsTitle ?? 'Keywords', value: phraseList(keywords) }] : []),
    ...(organisms.length > 0 ? [{ name: 'Research organisms', value: phraseList(organisms) }] : []),
    ...keywordFacts(known.keywordGroups),
    ...subjectFacts(known.subjects),
    ...titleFacts(known.alternativeTitles),
    ...furtherEntries(known.facts, frame.files),
    ...(events ? [{ name: 'Publication history', value: events }] : []),
  ]
  return html`${belowTitle(known)} ${byline(known.authors, { further: known.affiliations })}
  ${when(abstract, (text) => piece(text.title ?? 'Abstract', html`${frame.blocks(text.content, deeper(frame))} ${frame.blocks(text.figures, deeper(frame))}`, frame))}
  ${when(digest, (text) => piece(text.title ?? 'Digest', frame.blocks(text.content, deeper(frame)), frame))}
  ${furtherAbstracts(known.abstracts, deeper(frame)).map(({ title, content, ...found }) => piece(title, content, frame, found.id))}
  ${factList(facts)} ${relatedLinks(known.relatedLinks).map(({ text, uri }) => relatedEntry(text, uri, frame))}`
}

function relatedEntry(text: string | undefined, uri: string | undefined, frame: Frame): Html {
  const address = uri && frame.files.link(uri)
  const words = when(text, (known) => inlineMarkup(known, frame.files))
  return html`<p>${words} ${address ? html`<a href="${address}">${address}</a>` : nothing}</p>`
}

function afterText(known: Surroundings, frame: Frame): Html {
  const inner = deeper(frame)
  const blocks = (title: string, value: unknown) =>
    entriesOf(Block, value).length > 0 ? piece(title, frame.blocks(value, inner), frame) : nothing
  const optionally = (title: string, content: Html | undefined) => (content ? piece(title, content, frame) : nothing)
  return html`${[...entriesOf(Titled, known.appendices), ...entriesOf(Titled, known.backSections)].map((section) =>
    section.title
      ? piece(
          section.title,
          html`${frame.blocks(section.content, inner)} ${when(section.doi, doiLink)}`,
          frame,
          section.id,
        )
      : html`<div${id(section.id)}>${frame.blocks(section.content, frame)}</div>`,
  )}
  ${blocks('Acknowledgements', known.acknowledgements)} ${blocks('Ethics', known.ethics)}
  ${noteGroups(known.notes, inner).map(({ title, content }) => piece(title, content, frame))}
  ${optionally(dataSetsTitle(known.dataSets) ?? 'Data availability', dataSets(known.dataSets, inner))}
  ${optionally('Funding', funding(known.funding, inner))}
  ${optionally('Contributions and interests', contributions(known, inner))}
  ${entriesOf(Type.Object({}), known.references).length > 0 ? piece('References', referenceList(known.references, inner, known.referenceLists), frame) : nothing}
  ${credits(known.attribution, frame)}
  ${subArticlesOf(known.subArticles).map((article) => piece(subArticleName(article), subArticleContent(article, inner), frame, article.id))}`
}

function piece(title: string, content: Html, frame: Frame, identifier?: string): Html {
  return html`<section${id(identifier)}>${heading(frame.level, phraseMarkup(title))} ${content}</section>`
}
