import { downloadName, imageDerivatives, type Size } from '@continuum/article'
import { Type, type Static } from 'typebox'
import { when, html, type Html } from '../markup/html.ts'
import type { Frame } from './frame.ts'

export const Picture = Type.Object({
  uri: Type.String(),
  alt: Type.Optional(Type.String()),
  source: Type.Optional(Type.Object({ uri: Type.String(), filename: Type.Optional(Type.String()) })),
  size: Type.Optional(Type.Object({ width: Type.Integer({ minimum: 1 }), height: Type.Integer({ minimum: 1 }) })),
  attribution: Type.Optional(Type.Array(Type.String())),
})
export type Picture = Static<typeof Picture>

/** The width of figures in the stylesheet. */
const shown = '(min-width: 64rem) 46rem, 100vw'

/**
 * An image that leads to itself in full size. Browsers choose among its derivatives; none of them is enlarged, so only
 * those narrower than the original are offered beside it. An image that the page must not load is led to.
 *
 * @param description for those who do not see the image, where it has none of its own
 */
export function picture(image: Picture, description: string, frame: Frame): Html {
  const uri = uriOf(image)
  const full = frame.files.load(uri)
  if (full === undefined) {
    return when(
      frame.files.link(uri),
      (address) => html`<p class="elsewhere"><a href="${address}">Open the image</a></p>`,
    )
  }
  const { size } = image
  const smaller = size ? derivativesOf(uri, size, frame) : []
  const sources = size && smaller.length > 0 ? [...smaller, `${full} ${size.width}w`].join(', ') : undefined
  return html`<a class="picture" href="${full}"
    ><img
      src="${full}"
      ${when(sources, (list) => html`srcset="${list}" sizes="${shown}"`)}
      ${when(size, ({ width, height }) => html`width="${width}" height="${height}"`)}
      alt="${image.alt || description}"
      loading="lazy"
      decoding="async"
  /></a>`
}

/** An animation is shown as it is: copies of it do not move. */
function isAnimation(uri: string): boolean {
  return uri.toLowerCase().endsWith('.gif')
}

function derivativesOf(uri: string, size: Size, frame: Frame): string[] {
  if (isAnimation(uri)) return []
  return imageDerivatives(nameOf(uri), 'figure', size)
    .filter(({ width, format }) => format === 'jpeg' && width < size.width)
    .map(({ name, width }) => `${frame.files.load(beside(uri, name)) ?? ''} ${width}w`)
}

/** Returns the address of the copy to download, if there is one. */
export function downloadAddress(image: Picture, frame: Frame): string | undefined {
  const uri = image.source?.uri ?? image.uri
  const name = isAnimation(uri) ? undefined : downloadName(nameOf(uri))
  return name === undefined ? undefined : frame.files.load(beside(uri, name))
}

/** The address that is shown. A drawing is offered, and shown by the images that are made of it. */
function uriOf({ source, uri }: Picture): string {
  return source === undefined || source.uri.toLowerCase().endsWith('.svg') ? uri : source.uri
}

function nameOf(uri: string): string {
  return uri.slice(uri.lastIndexOf('/') + 1)
}

function beside(uri: string, name: string): string {
  return uri.slice(0, uri.lastIndexOf('/') + 1) + name
}
