import { Type, type Static } from 'typebox'
import { when, doiLink, html, nothing, unlessEmpty, type Html } from '../markup/html.ts'
import { inlineMarkup, phraseMarkup, plainText } from '../markup/sanitise.ts'
import { Asset, Blocks, entriesOf } from './article.ts'
import { credits } from './credits.ts'
import { fileList } from './files.ts'
import type { Frame } from './frame.ts'

const optional = Type.Optional(Type.String())

/** The parts that figures, tables and videos share. */
export const Legend = Type.Object({
  id: optional,
  doi: optional,
  label: optional,
  title: optional,
  caption: Type.Optional(Blocks),
  attribution: Type.Optional(Type.Array(Type.String())),
  sourceData: Type.Optional(Type.Array(Type.Unknown())),
  longDescription: optional,
})
export type Legend = Static<typeof Legend>

/** Number, title, caption, links and source data. */
export function legend(of: Legend, frame: Frame, download: Html = nothing): Html {
  const number = when(of.label, (label) => html`<span class="label">${phraseMarkup(label)}.</span> `)
  const title = when(of.title, (text) => html`<span class="title">${inlineMarkup(text, frame.files)}</span>`)
  const links = [when(of.doi, doiLink), download].filter((link) => link !== nothing)
  return html`<figcaption>
    ${number === nothing && title === nothing ? nothing : html`<p class="caption-title">${number}${title}</p>`}
    ${frame.blocks(of.caption ?? [], frame)}
    ${unlessEmpty(links, (items) => html`<p class="caption-links">${[...items].map((item) => html`${item} `)}</p>`)}
    ${fileList(entriesOf(Asset, of.sourceData), frame)} ${credits(of.attribution, frame)}
  </figcaption>`
}

/** `Figure 1: What it is`, for those who do not see it. */
export function nameOf({ label, title }: Pick<Legend, 'label' | 'title'>): string {
  return plainText([label, title].filter(Boolean).join(': '))
}
