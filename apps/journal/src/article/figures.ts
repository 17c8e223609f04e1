import { Type, type Static } from 'typebox'
import { Asset, Block, Blocks, entriesOf, partOf } from './article.ts'
import { inlineMarkup, phraseMarkup, plainText, tableMarkup } from '../markup/sanitise.ts'
import { about, doiLink, html, id, nothing, unlessEmpty, type Html } from '../markup/html.ts'
import { fileList } from './files.ts'
import type { Frame } from './frame.ts'
import { downloadAddress, Picture, picture } from './images.ts'

const optional = Type.Optional(Type.String())
const Legend = Type.Object({
  id: optional,
  doi: optional,
  label: optional,
  title: optional,
  caption: Type.Optional(Blocks),
  sourceData: Type.Optional(Type.Array(Type.Unknown())),
})
type Legend = Static<typeof Legend>

export const Image = Type.Interface([Legend], { image: Picture })
export const Table = Type.Interface([Legend], {
  tables: Type.Array(Type.String()),
  footnotes: Type.Optional(Type.Array(Type.Object({ id: optional, label: optional, text: Blocks }))),
})
export const Video = Type.Interface([Legend], {
  sources: Type.Array(Type.Object({ uri: Type.String(), mediaType: Type.String() })),
  placeholder: Type.Optional(Picture),
  width: Type.Optional(Type.Integer()),
  height: Type.Optional(Type.Integer()),
})
export const Figure = Type.Object({ assets: Type.Array(Block) })

/** A figure, and after it what supplements it. */
export function figure({ assets }: Static<typeof Figure>, frame: Frame): Html {
  const [first, ...supplements] = assets.map((asset) => figureAsset(asset, frame))
  if (!first) return nothing
  if (supplements.length === 0) return first
  return html`<div class="figure-group">
    ${first}
    <div class="supplements">${supplements}</div>
  </div>`
}

function figureAsset(asset: Block, frame: Frame): Html {
  const [image, table, video] = [partOf(Image, asset), partOf(Table, asset), partOf(Video, asset)]
  if (asset.type === 'image' && image) return imageFigure(image, frame)
  if (asset.type === 'table' && table) return tableFigure(table, frame)
  if (asset.type === 'video' && video) return videoFigure(video, frame)
  return frame.blocks([asset], frame)
}

export function imageFigure(image: Static<typeof Image>, frame: Frame): Html {
  const description = plainText([image.label, image.title].filter(Boolean).join(': '))
  const shown = picture(image.image, description, frame)
  const saved = downloadAddress(image.image, frame)
  return html`<figure class="image" ${id(image.id)}>
    ${shown}
    ${legend(
      image,
      frame,
      about(saved, (address) => html`<a href="${address}">Download the image</a>`),
    )}
    ${(image.image.attribution ?? []).map((text) => html`<p class="attribution">${inlineMarkup(text, frame.files)}</p>`)}
  </figure>`
}

export function tableFigure(table: Static<typeof Table>, frame: Frame): Html {
  const name = plainText([table.label, table.title].filter(Boolean).join(': ')) || 'Table'
  const notes = (table.footnotes ?? []).map(
    (note) =>
      html`<li${id(note.id)}>${about(note.label, (label) => html`<span class="label">${phraseMarkup(label)}</span> `)}${frame.blocks(note.text, frame)}</li>`,
  )
  return html`<figure class="table" ${id(table.id)}>
    ${legend(table, frame)}
    <div class="scroll" role="region" tabindex="0" aria-label="${name}">
      ${table.tables.map((text) => tableMarkup(text, frame.files))}
    </div>
    ${unlessEmpty(
      notes,
      (items) =>
        html`<ul class="table-notes">
          ${[...items]}
        </ul>`,
    )}
  </figure>`
}

export function videoFigure(video: Static<typeof Video>, frame: Frame): Html {
  const sources = video.sources.flatMap(({ uri, mediaType }) => {
    const address = frame.files.load(uri)
    return address && /^video\/[\w.+-]+$/.test(mediaType) ? [{ address, mediaType }] : []
  })
  const still = video.placeholder && frame.files.load(video.placeholder.source?.uri ?? video.placeholder.uri)
  const [first] = sources
  return html`<figure class="video" ${id(video.id)}>
    <video
      controls
      preload="none"
      ${about(still, (address) => html` poster="${address}"`)}${about(video.width, (width) => html` width="${width}"`)}${about(video.height, (height) => html` height="${height}"`)}
    >
      ${sources.map(({ address, mediaType }) => html`<source src="${address}" type="${mediaType}" />`)}
    </video>
    ${legend(
      video,
      frame,
      about(first?.address, (address) => html`<a href="${address}">Download the video</a>`),
    )}
  </figure>`
}

/** Number, title, caption, links and source data. */
function legend(of: Legend, frame: Frame, download: Html = nothing): Html {
  const number = about(of.label, (label) => html`<span class="label">${phraseMarkup(label)}.</span> `)
  const title = about(of.title, (text) => html`<span class="title">${inlineMarkup(text, frame.files)}</span>`)
  const links = [about(of.doi, doiLink), download].filter((link) => link !== nothing)
  return html`<figcaption>
    ${number === nothing && title === nothing ? nothing : html`<p class="caption-title">${number}${title}</p>`}
    ${frame.blocks(of.caption ?? [], frame)}
    ${unlessEmpty(links, (items) => html`<p class="caption-links">${[...items].map((item) => html`${item} `)}</p>`)}
    ${fileList(entriesOf(Asset, of.sourceData), frame)}
  </figcaption>`
}
