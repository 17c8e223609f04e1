import { Type, type Static, type TSchema } from 'typebox'
import { Block, Blocks, entriesOf, partOf } from './article.ts'
import { equationMarkup, inlineMarkup, phraseMarkup } from '../markup/sanitise.ts'
import { when, heading, html, id, nothing, safe, type Html } from '../markup/html.ts'
import { Figure, figure, Image, imageFigure } from './figures.ts'
import { deeper, type Frame } from './frame.ts'
import { Audio, audioFigure, Video, videoFigure } from './players.ts'
import { Table, tableFigure } from './tables.ts'

const text = Type.String()
const optional = Type.Optional(text)

type Show = (block: Block, frame: Frame) => Html | undefined

/** A kind of block: how it is shown where it has the shape that is expected of it. */
function kind<Schema extends TSchema>(
  schema: Schema,
  show: (block: Static<Schema>, frame: Frame) => Html | undefined,
): Show {
  return (block, frame) => {
    const known = partOf(schema, block)
    return known === undefined ? undefined : show(known, frame)
  }
}

const kinds = new Map<string, Show>([
  ['paragraph', kind(Type.Object({ text, isHeading: Type.Optional(Type.Boolean()) }), paragraph)],
  ['section', kind(Type.Object({ id: optional, title: optional, content: Blocks }), section)],
  [
    'list',
    kind(
      Type.Object({ prefix: optional, items: Type.Array(Type.Unknown()), start: Type.Optional(Type.Integer()) }),
      list,
    ),
  ],
  ['figure', kind(Figure, figure)],
  ['image', kind(Image, imageFigure)],
  ['table', kind(Table, tableFigure)],
  ['video', kind(Video, videoFigure)],
  ['audio', kind(Audio, audioFigure)],
  ['box', kind(Type.Object({ id: optional, label: optional, title: optional, content: Blocks }), box)],
  ['mathml', kind(Type.Object({ id: optional, label: optional, mathml: text, tex: optional }), equation)],
  [
    'code',
    kind(Type.Object({ code: text }), ({ code }) => html`<pre class="code" tabindex="0"><code>${code}</code></pre>`),
  ],
  [
    'quote',
    kind(Type.Object({ text: Blocks, cite: optional }), (block, frame) => quote(block.text, block.cite, frame)),
  ],
  [
    'excerpt',
    kind(Type.Object({ content: Blocks, cite: optional }), (block, frame) => quote(block.content, block.cite, frame)),
  ],
  ['question', kind(Type.Object({ question: text, answer: Blocks }), question)],
  ['button', kind(Type.Object({ text, uri: text }), button)],
])

/** Blocks one after the other. One of an unknown kind, or of another shape than expected, is shown as far as it is text. */
export function showBlocks(blocks: unknown, frame: Frame): Html {
  return html`${entriesOf(Block, blocks).map((block) => [
    anchors(block),
    kinds.get(block.type)?.(block, frame) ?? plainly(block, frame),
  ])}`
}

/** Places that links lead to and that have no block of their own. */
function anchors(block: Block): Html {
  const places = partOf(Type.Object({ anchors: Type.Array(text) }), block)?.anchors ?? []
  return html`${places.map((place) => html`<span class="anchor" ${id(place)}></span>`)}`
}

function paragraph(block: { text: string; isHeading?: boolean }, frame: Frame): Html {
  if (block.isHeading) return heading(frame.level, phraseMarkup(block.text))
  return html`<p>${inlineMarkup(block.text, frame.files)}</p>`
}

const Plain = Type.Object({
  label: optional,
  title: optional,
  text: Type.Optional(Type.Unknown()),
  content: Type.Optional(Blocks),
  caption: Type.Optional(Blocks),
})

function plainly(block: Block, frame: Frame): Html {
  const known = partOf(Plain, block)
  if (!known) return nothing
  const { label, title, text: words, content, caption } = known
  const name = [label, title].filter(Boolean).join(' ')
  return html`<div class="plain">
    ${when(name, (markup) => html`<p>${inlineMarkup(markup, frame.files)}</p>`)}
    ${typeof words === 'string' ? html`<p>${inlineMarkup(words, frame.files)}</p>` : frame.blocks(words, frame)}
    ${frame.blocks(content, frame)} ${frame.blocks(caption, frame)}
  </div>`
}

function section(block: { id?: string; title?: string; content: Block[] }, frame: Frame): Html {
  const title = when(block.title, (markup) => heading(frame.level, phraseMarkup(markup)))
  return html`<section${id(block.id)}>${title} ${frame.blocks(block.content, deeper(frame))}</section>`
}

const ordered = new Set(['number', 'alpha-lower', 'alpha-upper', 'roman-lower', 'roman-upper'])

function list(block: { prefix?: string; items: unknown[]; start?: number }, frame: Frame): Html {
  const { prefix = 'bullet', items, start } = block
  const entries = items.map((item) =>
    typeof item === 'string' ? inlineMarkup(item, frame.files) : frame.blocks(item, frame),
  )
  const content = entries.map((entry) => html`<li>${entry}</li>`)
  if (ordered.has(prefix)) {
    const from = start === undefined ? '' : ` start="${start}"`
    return html`${safe(`<ol class="list-${prefix}"${from}>`)}${content}${safe('</ol>')}`
  }
  return html`<ul class="${prefix === 'none' ? 'list-none' : 'list-bullet'}">
    ${content}
  </ul>`
}

function box(block: { id?: string; label?: string; title?: string; content: Block[] }, frame: Frame): Html {
  const name = [...new Set([block.label, block.title].filter(Boolean))].join('. ')
  const title = when(name, (markup) => heading(frame.level, phraseMarkup(markup)))
  return html`<aside class="box" ${id(block.id)}>${title} ${frame.blocks(block.content, deeper(frame))}</aside>`
}

/** Its TeX, where it is known, is what those have who do not see it. */
function equation(block: { id?: string; label?: string; mathml: string; tex?: string }): Html {
  const label = when(block.label, (markup) => html`<span class="equation-label">${phraseMarkup(markup)}</span>`)
  return html`<div class="equation" ${id(block.id)}>${equationMarkup(block.mathml, block.tex)}${label}</div>`
}

function quote(content: Block[], cite: string | undefined, frame: Frame): Html {
  return html`<blockquote>
    ${frame.blocks(content, frame)}
    ${when(cite, (markup) => html`<footer>${inlineMarkup(markup, frame.files)}</footer>`)}
  </blockquote>`
}

function question(block: { question: string; answer: Block[] }, frame: Frame): Html {
  return html`<p class="question">${inlineMarkup(block.question, frame.files)}</p>
    ${frame.blocks(block.answer, frame)}`
}

function button(block: { text: string; uri: string }, frame: Frame): Html {
  const link = `<a href="${block.uri.replaceAll('"', '%22')}">${block.text}</a>`
  return html`<p>${inlineMarkup(link, frame.files)}</p>`
}
