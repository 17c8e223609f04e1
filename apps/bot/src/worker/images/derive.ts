import sharp, { type Sharp } from 'sharp'
import type { Derivative, Size } from '@continuum/article'
import { asImage, openImage } from './decode.ts'

/** Images up to so many pixels are held decoded in memory (36 MB), larger ones on disk. */
const pixelsInMemory = 12_000_000

/** Optimal codes would save a twentieth of the size, but need the whole image in memory, and a quarter more time. */
const jpeg = { quality: 85, optimiseCoding: false } as const
/** The full effort for a palette takes three times as long, and shows nothing more at 80 pixels. */
const gif = { effort: 1 } as const
const dotsPerInch = 96

/**
 * Makes the derivatives of an image one after the other, so that one at a time is in memory. The image is decoded once.
 *
 * @param path the original; a file may be made beside it
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
  const open = await asImage(fits ? decodeToMemory(path) : decodeToDisk(path))
  for (const derivative of plan.filter(({ copyOf }) => copyOf === undefined)) {
    yield { derivative, bytes: await asImage(encode(open(), derivative)) }
  }
}

async function decodeToMemory(path: string): Promise<() => Sharp> {
  const { data, info } = await openImage(path).raw().toBuffer({ resolveWithObject: true })
  const raw = { width: info.width, height: info.height, channels: info.channels }
  return () => sharp(data, { raw })
}

/** The decoder's own format: pixels as they are, read from disk where they are needed. */
async function decodeToDisk(path: string): Promise<() => Sharp> {
  const decoded = `${path}.v`
  await openImage(path).toFile(decoded)
  return () => sharp(decoded, { limitInputPixels: false })
}

function encode(image: Sharp, { width, height, format }: Derivative): Promise<Buffer> {
  const resized = image.resize(width, height, { fit: 'fill' })
  return (format === 'gif' ? resized.gif(gif) : resized.withDensity(dotsPerInch).jpeg(jpeg)).toBuffer()
}
