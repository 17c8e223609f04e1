import { Type, type Static } from 'typebox'
import { html, lang, nothing, type Html } from '../markup/html.ts'
import { inlineMarkup, phraseMarkup, type Files } from '../markup/sanitise.ts'
import { entriesOf } from '../article/article.ts'
import { languageName, typeName } from '../article/labels.ts'

const optional = Type.Optional(Type.String())
const strings = Type.Array(Type.String())
const KeywordGroup = Type.Object({ type: optional, lang: optional, title: optional, keywords: Type.Optional(strings) })
const SubjectGroup = Type.Object({
  type: optional,
  lang: optional,
  subjects: Type.Optional(strings),
  groups: Type.Optional(Type.Unknown()),
})

/** A named value, as a list of facts has it. */
export interface Fact {
  /** With inline markup. */
  name: string
  value: Html
}

/** Names one after the other, with commas. */
export function phraseList(names: readonly string[], language?: string): Html {
  const content = names.map((name, index) => html`${index > 0 ? ', ' : ''}${phraseMarkup(name)}`)
  const attribute = lang(language)
  return attribute === nothing ? html`${content}` : html`<span${attribute}>${content}</span>`
}

/** Keywords of other kinds and languages. */
export function keywordFacts(value: unknown): Fact[] {
  return entriesOf(KeywordGroup, value).map(({ title, lang: language, type, keywords = [] }) => {
    const kind = type && !/^(?:author|keywords)/.test(type) ? typeName(type) : 'Keywords'
    return {
      name: title?.replace(/[:.]\s*$/, '') ?? (language ? `${kind} (${languageName(language)})` : kind),
      value: phraseList(keywords, language),
    }
  })
}

/** Subjects of other classifications, those below others indented. */
export function subjectFacts(value: unknown): Fact[] {
  const byType = Map.groupBy(entriesOf(SubjectGroup, value), ({ type }) => type)
  return [...byType].map(([type, groups]) => ({
    name: type === 'heading' || type === 'display-channel' ? 'Subjects' : type ? typeName(type) : 'Classification',
    value: html`<ul class="subjects">
      ${groups.map(subjectEntry)}
    </ul>`,
  }))
}

function subjectEntry({ subjects = [], groups, lang: language }: Static<typeof SubjectGroup>): Html {
  const below = entriesOf(SubjectGroup, groups)
  return html`<li${lang(language)}>${phraseList(subjects)}${
    below.length > 0
      ? html`<ul>
          ${below.map(subjectEntry)}
        </ul>`
      : nothing
  }</li>`
}

const AlternativeTitle = Type.Object({ type: optional, title: Type.String() })

/** Titles for other places, such as a running head. */
export function titleFacts(value: unknown): Fact[] {
  return entriesOf(AlternativeTitle, value).map(({ type, title }) => ({
    name: type ? typeName(type) : 'Short title',
    value: phraseMarkup(title),
  }))
}

const Entry = Type.Object({ type: Type.String(), lang: optional, text: Type.String() })

/** Names of entries of the metadata for which the XML's own word is no name for readers. */
const names: Readonly<Record<string, string>> = {
  isbn: 'ISBN',
  'elocation-id': 'Article number',
  'issue-title-group': 'Issue title',
  'volume-issue-group': 'Volume and issue',
  fpage: 'First page',
  lpage: 'Last page',
  'page-range': 'Pages',
  email: 'E-mail',
  uri: 'Address',
  'ext-link': 'Address',
  'self-uri': 'Address',
}

/** Entries of the metadata that have no place of their own. */
export function furtherEntries(value: unknown, files: Files): Fact[] {
  return entriesOf(Entry, value).map(({ type, lang: language, text }) => ({
    name: names[type] ?? typeName(type),
    value: html`<span${lang(language)}>${inlineMarkup(text, files)}</span>`,
  }))
}

/** Facts as a list; nothing where there are none. */
export function factList(facts: readonly Fact[]): Html {
  if (facts.length === 0) return nothing
  return html`<dl class="about">
    ${facts.map(
      ({ name, value }) =>
        html`<div>
          <dt>${phraseMarkup(name)}</dt>
          <dd>${value}</dd>
        </div>`,
    )}
  </dl>`
}

const Link = Type.Object({ type: optional, text: optional, uri: optional })

/** Things that the article is about or belongs to, as it describes them: a kind, words, an address. */
export function relatedLinks(value: unknown): Static<typeof Link>[] {
  return entriesOf(Link, value)
}
