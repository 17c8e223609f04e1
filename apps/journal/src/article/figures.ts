import { Type, type Static } from 'typebox'
import { when, html, id, nothing, type Html } from '../markup/html.ts'
import { phraseMarkup } from '../markup/sanitise.ts'
import { Block, partOf } from './article.ts'
import type { Frame } from './frame.ts'
import { downloadAddress, Picture, picture } from './images.ts'
import { credits, description } from './credits.ts'
import { Legend, legend, nameOf } from './legend.ts'
import { Note, noteList } from './notes.ts'
import { Video, videoFigure } from './players.ts'
import { Table, tableFigure } from './tables.ts'

export const Image = Type.Interface([Legend], {
  image: Picture,
  furtherImages: Type.Optional(Type.Array(Picture)),
  isFormula: Type.Optional(Type.Boolean()),
  footnotes: Type.Optional(Type.Array(Note)),
})
export const Figure = Type.Interface([Legend], { assets: Type.Array(Block) })

/** A figure, and after it what supplements it; or figures under one number and caption. */
export function figure({ assets, ...group }: Static<typeof Figure>, frame: Frame): Html {
  const shown = assets.map((asset) => figureAsset(asset, frame))
  const [first, ...supplements] = shown
  if (!first) return nothing
  if (group.label || group.title || group.caption || group.attribution || group.longDescription) {
    return html`<figure class="figures" ${id(group.id)}>
      ${shown} ${legend(group, frame)} ${description(group.longDescription)}
    </figure>`
  }
  if (supplements.length === 0) return first
  return html`<div class="figure-group">
    ${first}
    <details class="supplements">
      <summary>
        ${supplements.length === 1 ? '1 figure supplement' : `${supplements.length} figure supplements`}
      </summary>
      ${supplements}
    </details>
  </div>`
}

function figureAsset(asset: Block, frame: Frame): Html {
  const [image, table, video] = [partOf(Image, asset), partOf(Table, asset), partOf(Video, asset)]
  if (asset.type === 'image' && image) return imageFigure(image, frame)
  if (asset.type === 'table' && table) return tableFigure(table, frame)
  if (asset.type === 'video' && video) return videoFigure(video, frame)
  return frame.blocks([asset], frame)
}

/** Images with their number, title and caption; without those only what is seen. */
export function imageFigure(image: Static<typeof Image>, frame: Frame): Html {
  if (image.isFormula) return formulaImage(image, frame)
  const pictures = [image.image, ...(image.furtherImages ?? [])]
  const isTitled = Boolean(image.label || image.title || image.caption || image.doi || image.sourceData)
  const saved = isTitled ? downloadAddress(image.image, frame) : undefined
  const link = when(saved, (address) => html`<a class="download" href="${address}">Download the image</a>`)
  return html`<figure class="${isTitled ? 'image' : 'plain'}" ${id(image.id)}>
    ${pictures.map((shown) => picture(shown, nameOf(image), frame))} ${isTitled ? legend(image, frame, link) : nothing}
    ${description(image.longDescription)} ${credits(image.image.attribution, frame)}
    ${noteList(image.footnotes ?? [], frame)}
  </figure>`
}

function formulaImage(image: Static<typeof Image>, frame: Frame): Html {
  const pictures = [image.image, ...(image.furtherImages ?? [])].map((shown) => picture(shown, 'Formula', frame))
  const label = when(image.label, (markup) => html`<span class="equation-label">${phraseMarkup(markup)}</span>`)
  return html`<div class="equation" ${id(image.id)}>
    <div>${pictures}</div>
    ${label}
  </div>`
}
