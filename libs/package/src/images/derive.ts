import sharp, { type Sharp } from 'sharp'
import type { Derivative, Size } from '@continuum/article'
import { drawPage } from './converter.ts'
import { openImage } from './decode.ts'
import { asImage } from './decoder.ts'

/** Images of up to this many pixels are decoded into memory (36 MB), larger ones to disk. */
const maxPixelsInMemory = 12_000_000

/** Optimised coding saves 5% of the size, but needs the whole image in memory and 25% more time. */
const jpeg = { quality: 85, optimiseCoding: false } as const
/** Full effort for the palette takes three times as long, with no visible difference at 80 pixels. */
const gif = { effort: 1 } as const
const dotsPerInch = 96

/**
 * Makes the derivatives of an image one after the other, with one at a time in memory. The image is decoded once.
 *
 * @param path the original, with the extension that it was delivered with; temporary files may be written beside it
 * @param original its size, from `imageSize`
 * @param plan the derivatives to make; those with `copyOf` are skipped, for another one has the same bytes
 * @throws {NotAnImageError} when it cannot be decoded
 */
export async function* deriveImages(
  path: string,
  original: Size,
  plan: readonly Derivative[],
): AsyncGenerator<{ derivative: Derivative; bytes: Buffer }> {
  await using page = await drawPage(path)
  const readable = page?.path ?? path
  const fits = original.width * original.height <= maxPixelsInMemory
  const open = await (fits ? decodeToMemory(readable) : decodeToDisk(readable))
  const wanted = plan.filter(({ copyOf }) => copyOf === undefined)
  const smaller = wanted.filter((derivative) => !isSize(derivative, original))
  const shared = sharedSize(original, smaller)
  const openShared = shared && (await asImage(() => inMemory(resized(open(), shared)), readable))
  // Widths beyond the original are its size under other names: a small figure would be encoded again and again.
  let whole: Buffer | undefined
  for (const derivative of wanted) {
    const isWhole = derivative.format === 'jpeg' && isSize(derivative, original)
    const from = smaller.includes(derivative) && openShared ? openShared : open
    const bytes = (isWhole && whole) || (await asImage(() => encode(from(), derivative), readable))
    if (isWhole) whole = bytes
    yield { derivative, bytes }
  }
}

const isSize = (one: Size, other: Size) => one.width === other.width && one.height === other.height

/**
 * The size to which a very large original is reduced once, for all derivatives that are smaller: twice the largest of these, so that each is
 * still resampled from several pixels of the source. Undefined where that would not pay.
 */
function sharedSize(original: Size, smaller: readonly Size[]): Size | undefined {
  const width = 2 * Math.max(0, ...smaller.map((size) => size.width))
  const height = 2 * Math.max(0, ...smaller.map((size) => size.height))
  const pays = width > 0 && original.width >= 1.5 * width && original.height >= 1.5 * height
  return pays && width * height <= maxPixelsInMemory ? { width, height } : undefined
}

async function decodeToMemory(path: string): Promise<() => Sharp> {
  const image = await openImage(path)
  return asImage(() => inMemory(image.clone()), path)
}

/** Makes an image's pixels, and returns how to open them. */
async function inMemory(image: Sharp): Promise<() => Sharp> {
  const { data, info } = await image.raw().toBuffer({ resolveWithObject: true })
  const raw = { width: info.width, height: info.height, channels: info.channels }
  return () => sharp(data, { raw })
}

/** Decodes to the library's own format: raw pixels, read from disk as they are needed. */
async function decodeToDisk(path: string): Promise<() => Sharp> {
  const decoded = `${path}.v`
  const image = await openImage(path)
  await asImage(() => image.clone().toFile(decoded), path)
  return () => sharp(decoded, { limitInputPixels: false })
}

function resized(image: Sharp, { width, height }: Size): Sharp {
  return image.resize(width, height, { fit: 'fill' })
}

function encode(image: Sharp, derivative: Derivative): Promise<Buffer> {
  const small = resized(image, derivative)
  return (derivative.format === 'gif' ? small.gif(gif) : small.withDensity(dotsPerInch).jpeg(jpeg)).toBuffer()
}
