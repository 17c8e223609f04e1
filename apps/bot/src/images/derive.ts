import sharp, { type Sharp } from 'sharp'
import type { Derivative, Size } from '@continuum/article'
import { asImage, openImage } from './decode.ts'

/** Figures up to so many pixels are held decoded (36 MB), so that they are decoded once for all their derivatives. */
const pixelsInMemory = 12_000_000

const jpeg = { quality: 85 } as const
const dotsPerInch = 96

/** An image decoded in memory: sRGB, 8 bits a channel. */
interface Raster {
  readonly data: Buffer
  readonly raw: { readonly width: number; readonly height: number; readonly channels: 1 | 2 | 3 | 4 }
}

/**
 * Makes the derivatives of an image one after the other, so that one at a time is in memory.
 *
 * A figure is decoded once. One that is too large for memory is decoded in a stream, twice: for the original's size,
 * and at the size of the widest derivative, of which the narrower ones are then made.
 *
 * @param path the original
 * @param original its pixels, as `imageSize` tells
 * @param plan which derivatives; those with `copyOf` are not made, for they are bytes that another has
 * @throws {NotAnImage} when it cannot be decoded
 */
export async function* deriveImages(
  path: string,
  original: Size,
  plan: readonly Derivative[],
): AsyncGenerator<{ derivative: Derivative; bytes: Buffer }> {
  const fits = original.width * original.height <= pixelsInMemory
  const made = plan.filter((derivative) => derivative.copyOf === undefined)
  const reduced = made.filter((derivative) => !isSize(derivative, original))
  const raster = fits || reduced.length > 0 ? await rasterOf(path, fits ? original : widest(reduced)) : undefined
  for (const derivative of made) {
    const source = raster && (fits || !isSize(derivative, original)) ? openRaster(raster) : openImage(path)
    yield { derivative, bytes: await asImage(encode(source, derivative)) }
  }
}

async function rasterOf(path: string, { width, height }: Size): Promise<Raster> {
  const image = openImage(path).resize(width, height, { fit: 'fill' })
  const { data, info } = await asImage(image.raw().toBuffer({ resolveWithObject: true }))
  return { data, raw: { width: info.width, height: info.height, channels: info.channels } }
}

function openRaster({ data, raw }: Raster): Sharp {
  return sharp(data, { raw })
}

function encode(image: Sharp, { width, height, format }: Derivative): Promise<Buffer> {
  const resized = image.resize(width, height, { fit: 'fill' })
  return (format === 'gif' ? resized.gif() : resized.withDensity(dotsPerInch).jpeg(jpeg)).toBuffer()
}

function isSize(one: Size, other: Size): boolean {
  return one.width === other.width && one.height === other.height
}

function widest(sizes: readonly Size[]): Size {
  return sizes.reduce((most, size) => (size.width > most.width ? size : most))
}
