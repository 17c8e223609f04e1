import { Type } from 'typebox'
import { when, doiLink, html, lang, type Html } from '../markup/html.ts'
import { entriesOf, Passage } from '../article/article.ts'
import type { Frame } from '../article/frame.ts'
import { languageName, typeName } from '../article/labels.ts'

const Abstract = Type.Interface([Passage], { type: Type.Optional(Type.String()) })

/** The headings of abstracts that have none of their own. */
const names: Readonly<Record<string, string>> = {
  summary: 'Summary',
  graphical: 'Graphical abstract',
  toc: 'In short',
  teaser: 'In short',
  'web-summary': 'Summary',
  translation: 'Abstract',
  'key-points': 'Key points',
  'executive-summary': 'Digest',
  'plain-language-summary': 'Plain-language summary',
}

/** Abstracts beside the abstract, each with its heading and in its language. */
export function furtherAbstracts(
  value: unknown,
  frame: Frame,
): readonly { id: string | undefined; title: string; content: Html }[] {
  return entriesOf(Abstract, value).map(({ id, type = '', title, lang: language, doi, content }) => {
    const name = title ?? names[type] ?? (type ? typeName(type) : 'Abstract')
    return {
      id,
      title: title || !language ? name : `${name} (${languageName(language)})`,
      content: html`<div${lang(language)}>${frame.blocks(content, frame)}</div>
        ${when(doi, (known) => html`<p class="part-doi">${doiLink(known)}</p>`)}`,
    }
  })
}
