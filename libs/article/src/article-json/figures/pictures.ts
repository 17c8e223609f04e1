import { attributeOf, childOf, childrenOf, descendantsOf, textOf, type Element } from '../../jats/tree.ts'
import { htmlOf } from '../../jats/markup.ts'
import type { Picture } from '../blocks.ts'
import { fileUrl, jpegOf, markupContext, originalOf, type FilePlaces } from '../conversion.ts'

/** The pictures of an element such as a figure, each at the size of its original; of alternatives only the first. */
export function picturesOf(element: Element, places: FilePlaces): readonly Picture[] {
  const graphics = [
    ...descendantsOf(
      element,
      ['graphic', 'alternatives'],
      ['alternatives', 'fig', 'table-wrap', 'supplementary-material'],
    ),
  ]
  const attribution = childrenOf(element, 'attrib').map((attrib) => htmlOf(attrib, markupContext(places)))
  return graphics.flatMap((found) => {
    const graphic = found.name === 'graphic' ? found : childOf(found, 'graphic')
    const original = graphic && originalOf(places, attributeOf(graphic, 'xlink:href') ?? '', 'graphic')
    if (!original) return []
    const filename = jpegOf(original.file)
    const uri = fileUrl(places, filename)
    return [
      {
        uri,
        alt: textOf(childOf(graphic, 'alt-text') ?? childOf(element, 'alt-text')),
        source: { mediaType: 'image/jpeg', uri, filename },
        size: original.size,
        attribution,
      },
    ]
  })
}
