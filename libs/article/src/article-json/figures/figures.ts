import { mediaClass } from '../../file-kind.ts'
import { parseAssetName } from '../../asset-name.ts'
import { attributeOf, childrenOf, type Element } from '../../jats/tree.ts'
import type { Block, FigureBlock, ImageBlock, TableBlock, VideoBlock } from '../blocks.ts'
import { linkedFile, markupContext, originalOf, type FilePlaces } from '../conversion.ts'
import { sourceDataOf } from './files.ts'
import { mediaTypeOf } from '../media-type.ts'
import { picturesOf } from './pictures.ts'
import { tableBlock } from '../tables/tables.ts'
import { titled } from '../titled.ts'

type Asset = FigureBlock['assets'][number]

/** The player's size, in pixels, of a video whose own is not known. */
const playerSize = { width: 640, height: 360 }

export const figureElements = ['fig', 'fig-group', 'table-wrap', 'table-wrap-group', 'media', 'graphic'] as const

/**
 * What an element shows. With id and label it is a figure, whose first asset is the thing itself and whose others are its
 * supplements; without, an image, table or video stands alone.
 */
export function figureBlocks(element: Element, places: FilePlaces): readonly Block[] {
  const assets = assetsOf(element, places)
  const isFigure = assets.every(({ id, label }) => id && label)
  if (assets.length > 0 && isFigure) return [{ type: 'figure', assets }]
  return assets.map(alone)
}

/** Whether a `media` element is a video; others are files. */
function isVideo(media: Element): boolean {
  const { extension } = parseAssetName(attributeOf(media, 'xlink:href') ?? '')
  return attributeOf(media, 'mimetype') === 'video' || mediaClass(extension) === 'video'
}

function assetsOf(element: Element, places: FilePlaces): readonly Asset[] {
  switch (element.name) {
    case 'fig-group':
    case 'table-wrap-group':
      return childrenOf(element).flatMap((child) => assetsOf(child, places))
    case 'fig':
      return [
        ...imageAssets(element, places),
        ...childrenOf(element, 'media').flatMap((media) => assetsOf(media, places)),
      ]
    case 'graphic':
      return imageAssets({ ...element, name: 'fig', children: [element] }, places)
    case 'table-wrap':
      return [tableBlock(element, places) ?? imageAssets(element, places)].flat()
    case 'media':
      return isVideo(element) ? videoAsset(element, places) : []
    default:
      return []
  }
}

/** One image, or several of one figure under numbered ids. */
function imageAssets(element: Element, places: FilePlaces): readonly ImageBlock[] {
  const about = titled(element, markupContext(places))
  return picturesOf(element, places).map((image, index) => ({
    type: 'image',
    ...about,
    ...(index > 0 && { id: about.id && `${about.id}-${index + 1}`, doi: undefined }),
    image,
    ...(index === 0 && { sourceData: sourceDataOf(element, places) }),
  }))
}

function videoAsset(media: Element, places: FilePlaces): readonly VideoBlock[] {
  const file = linkedFile(places, media)
  if (!file) return []
  const size = originalOf(places, file.filename, 'media')?.size ?? playerSize
  const mediaType = file.mediaType.startsWith('video/') ? file.mediaType : mediaTypeOf(file.filename)
  return [
    {
      type: 'video',
      ...titled(media, markupContext(places)),
      sources: [{ mediaType: mediaType.startsWith('video/') ? mediaType : 'video/mp4', uri: file.uri }],
      ...size,
      sourceData: sourceDataOf(media, places),
    },
  ]
}

/** Outside a figure there is no DOI and no source data. */
function alone({ doi: _doi, sourceData: _data, ...asset }: Asset): ImageBlock | TableBlock | VideoBlock {
  return asset
}
