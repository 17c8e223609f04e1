import { Type, type Static } from 'typebox'
import { entriesOf, Person } from '../article/article.ts'
import { inlineMarkup, phraseMarkup, plainText } from '../markup/sanitise.ts'
import { when, doiLink, heading, html, id, nothing, type Html } from '../markup/html.ts'
import { placesCiting } from '../markup/back-links.ts'
import { deeper, type Frame } from '../article/frame.ts'
import { referenceNameOf } from './people.ts'

const optional = Type.Optional(Type.String())
const Named = Type.Union([
  Type.String(),
  Type.Object({
    name: Type.Array(Type.String()),
    address: Type.Optional(Type.Object({ formatted: Type.Array(Type.String()) })),
  }),
])
const people = Type.Optional(Type.Array(Type.Unknown()))

/** An entry of a reference list, of whatever kind: each kind has some of these. */
const Reference = Type.Object({
  id: optional,
  label: optional,
  text: optional,
  remainder: Type.Optional(Type.Array(Type.String())),
  issue: optional,
  date: optional,
  discriminator: optional,
  authors: people,
  authorsEtAl: Type.Optional(Type.Boolean()),
  inventors: people,
  editors: people,
  author: Type.Optional(Type.Unknown()),
  articleTitle: optional,
  chapterTitle: optional,
  title: optional,
  bookTitle: optional,
  journal: Type.Optional(Named),
  periodical: Type.Optional(Named),
  conference: Type.Optional(Named),
  publisher: Type.Optional(Named),
  website: optional,
  source: optional,
  assigningAuthority: Type.Optional(Named),
  edition: optional,
  volume: optional,
  pages: Type.Optional(Type.Union([Type.String(), Type.Object({ range: Type.String() })])),
  number: optional,
  version: optional,
  details: optional,
  dataId: optional,
  doi: optional,
  pmid: Type.Optional(Type.Integer()),
  uri: optional,
})
type Reference = Static<typeof Reference>

const List = Type.Object({
  id: optional,
  title: optional,
  content: Type.Optional(Type.Unknown()),
  references: Type.Optional(Type.Array(Type.String())),
})

/** References, in their lists where there are several or one has more than entries. */
export function referenceList(references: unknown, frame: Frame, lists?: unknown): Html {
  const all = entriesOf(Reference, references)
  const known = entriesOf(List, lists)
  const listed = new Set(known.flatMap((list) => list.references ?? []))
  const rest = all.filter((reference) => !listed.has(reference.id ?? ''))
  return html`${known.map((list) => {
    const own = all.filter((reference) => list.references?.includes(reference.id ?? ''))
    return html`<div${id(list.id)}>
      ${when(list.title, (title) => heading(frame.level, phraseMarkup(title)))} ${frame.blocks(list.content, deeper(frame))}
      ${entries(own, frame)}
    </div>`
  })}
  ${entries(rest, frame)}`
}

/** References as Google Scholar's `citation_reference` has them: fields by name. */
export function citationReferences(references: unknown): string[] {
  return entriesOf(Reference, references).map((reference) => {
    const { articleTitle, chapterTitle, title, bookTitle, date, volume, pages, doi, text } = reference
    const journal = nameOf(reference.journal ?? reference.periodical ?? reference.conference)
    const authors = entriesOf(Person, reference.authors).map(referenceNameOf)
    const fields = [
      ['citation_title', articleTitle ?? chapterTitle ?? title ?? bookTitle],
      ...authors.map((name) => ['citation_author', name]),
      ['citation_journal_title', journal || ((articleTitle ?? chapterTitle) ? bookTitle : undefined)],
      ['citation_volume', volume],
      ['citation_pages', typeof pages === 'object' ? pages.range : pages],
      ['citation_publication_date', date],
      ['citation_doi', doi],
    ]
    const known = fields.flatMap(([name, value]) => (value ? [`${name}=${plainText(value).replaceAll(';', ',')}`] : []))
    return known.length > 0 ? known.join('; ') : plainText(text ?? '')
  })
}

/** Entries with their printed numbers, else counted. */
function entries(references: readonly Reference[], frame: Frame): Html {
  if (references.length === 0) return nothing
  const isLabelled = references.some(({ label }) => label !== undefined)
  return html`<ol class="references${isLabelled ? ' labelled' : ''}">
    ${references.map((reference) => html`<li${id(reference.id)}>${when(reference.label, (label) => html`<span class="label">${phraseMarkup(label)}</span> `)}${entry(reference, frame)}${when(reference.id, placesCiting)}</li>`)}
  </ol>`
}

/** The text as it is written, or what is known of the work in the site's own order. */
function entry(reference: Reference, frame: Frame): Html {
  const { text } = reference
  if (text !== undefined)
    return html`<p>${inlineMarkup(text, frame.files)}</p>
      ${remainder(reference, frame)} ${links(unsaid(reference, text), frame)}`
  const { articleTitle, chapterTitle, title, bookTitle, date, discriminator = '' } = reference
  const [name, within] = articleTitle ? [articleTitle] : chapterTitle ? [chapterTitle, bookTitle] : [title ?? bookTitle]
  const editors = names(reference.editors)
  return html`<p>
      ${when(authorsOf(reference), (authors) => html`<span class="reference-authors">${authors}</span>`)}
      ${when(date, (year) => html`<span>(${year}${discriminator})</span>`)}
      ${when(name, (markup) => html`<span class="reference-title">${phraseMarkup(markup)}</span>`)}
    </p>
    <p class="reference-source">
      ${!within && editors ? html`Edited by ${editors}. ` : nothing}${when(within, (book) => html`In: ${editors ? `${editors}, editors. ` : nothing}<i>${phraseMarkup(book)}</i>. `)}${source(reference, frame)}
    </p>
    ${remainder(reference, frame)} ${links(reference, frame)}`
}

function remainder({ remainder: parts = [] }: Reference, frame: Frame): Html {
  return parts.length > 0
    ? html`<p class="reference-source">${parts.map((part) => html`${inlineMarkup(part, frame.files)}. `)}</p>`
    : nothing
}

/** Identifiers that the text does not show already. */
function unsaid({ doi, pmid, uri }: Reference, text: string): Reference {
  const isSaid = (value: string) => text.toLowerCase().includes(value.toLowerCase())
  return {
    ...(doi && !isSaid(doi) && { doi }),
    ...(pmid && !isSaid(String(pmid)) && { pmid }),
    ...(uri && !doi && !isSaid(uri.replaceAll('&', '&amp;')) && { uri }),
  }
}

function authorsOf({ authors, inventors, author, authorsEtAl }: Reference): string {
  const list = names(authors ?? inventors ?? (author ? [author] : []))
  return authorsEtAl ? `${list} et al.` : list
}

function names(persons: readonly unknown[] = []): string {
  return entriesOf(Person, persons).map(referenceNameOf).join(', ')
}

/** Names the journal and the place in it: `PLoS One 3:e3055`. */
function source(reference: Reference, frame: Frame): Html {
  const { volume, issue, edition, details, number, version, dataId, website, pages } = reference
  const container = [reference.journal, reference.periodical, reference.conference].find((value) => value !== undefined)
  const range = typeof pages === 'object' ? pages.range : pages
  const numbering = [
    when(volume, (known) => html`<b>${phraseMarkup(known)}</b>`),
    when(issue, (known) => html`(${phraseMarkup(known)})`),
  ]
  const place = [volume || issue ? html`${numbering}` : undefined, range].filter(
    (value) => value !== undefined && value !== '',
  )
  const rest = [
    edition && `${edition} edition`,
    version && `version ${version}`,
    number,
    dataId,
    website,
    reference.source,
    nameOf(reference.publisher),
    nameOf(reference.assigningAuthority),
    details,
  ].filter((value): value is string => typeof value === 'string' && value !== '')
  return html`${when(container && nameOf(container), (name) => html`<i>${phraseMarkup(name)}</i> `)}${
    place.length > 1 ? html`${place[0]}:${place[1]}` : place
  }${place.length > 0 || container ? html`. ` : nothing}${rest.map((text) => html`${inlineMarkup(text, frame.files)}. `)}`
}

function nameOf(named: Static<typeof Named> | undefined): string {
  return typeof named === 'object' ? [...named.name, ...(named.address?.formatted ?? [])].join(', ') : (named ?? '')
}

function links({ doi, pmid, uri }: Reference, frame: Frame): Html {
  const plain =
    uri && `<a href="${uri.replaceAll('"', '%22')}">${uri.replaceAll('&', '&amp;').replaceAll('<', '&lt;')}</a>`
  const shown = [
    when(doi, doiLink),
    when(pmid, (known) => html`<a href="https://www.ncbi.nlm.nih.gov/pubmed/${known}">PubMed</a>`),
    doi ? nothing : when(plain, (markup) => inlineMarkup(markup, frame.files)),
  ].filter((link) => link !== nothing)
  return shown.length > 0 ? html`<p class="reference-links">${shown.map((link) => html`${link} `)}</p>` : nothing
}
