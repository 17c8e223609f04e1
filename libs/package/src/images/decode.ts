import { stat } from 'node:fs/promises'
import sharp, { type Sharp, type SharpOptions } from 'sharp'
import type { Size } from '@continuum/article'
import { drawPage } from './converter.ts'
import { asImage } from './decoder.ts'
import { NotAnImageError } from './not-an-image.ts'

/** An image may have at most 16,383 x 16,383 pixels, far more than any figure in print. */
const maxPixels = 0x3fff * 0x3fff

// Figures are processed in parallel, each in one thread. Nothing is decoded twice, so the decoder's cache would only
// use memory.
sharp.cache(false)
sharp.concurrency(1)

/** Vector graphics are drawn this wide, or wider where they are so themselves: the widest image of a page is made from it. */
const drawnWidth = 1484

/**
 * Opens the image in a file, upright, opaque on white and in sRGB; it is decoded later. Of several pages it is the largest,
 * for a thumbnail may come first. Decoding stops at damage; odd tags of a TIFF are not damage.
 *
 * @throws {NotAnImageError} when it is not one, or has samples of which nobody says what is white
 */
export async function openImage(path: string): Promise<Sharp> {
  const { options, scale } = await wayToRead(path)
  const image = sharp(path, { ...options, failOn: 'error', sequentialRead: true })
  const scaled = scale === undefined ? image : image.linear(scale, 0)
  return scaled.autoOrient().flatten({ background: '#ffffff' }).toColourspace('srgb')
}

/**
 * Reads the size in pixels of the image in a file, as it is shown (turned upright), without decoding all of it. An EPS or PDF
 * is drawn for it.
 *
 * @param path ends with the extension that the file was delivered with
 * @throws {NotAnImageError} when it is not one
 */
export async function imageSize(path: string): Promise<Size> {
  if ((await stat(path)).size === 0) throw new NotAnImageError('it is empty (0 bytes)')
  await using page = await drawPage(path)
  return await sizeOf(page?.path ?? path)
}

async function sizeOf(path: string): Promise<Size> {
  const { options } = await wayToRead(path)
  const { autoOrient, format } = await asImage(() => sharp(path, options).metadata(), path)
  // The header of a TIFF does not tell whether its compression is known: one pixel does.
  if (format === 'tiff') {
    const pixel = { left: 0, top: 0, width: 1, height: 1 }
    await asImage(() => sharp(path, options).extract(pixel).raw().toBuffer(), path)
  }
  return { width: autoOrient.width, height: autoOrient.height }
}

/** The options for decoding a file: its page, its density, and the factor for its samples. */
async function wayToRead(path: string): Promise<{ options: SharpOptions; scale?: number }> {
  const limits = { limitInputPixels: maxPixels }
  const { format, width, pages = 1, depth, channels, space } = await asImage(() => sharp(path, limits).metadata(), path)
  if (format === 'svg') {
    const density = Math.min(2_400, Math.max(72, Math.ceil((72 * drawnWidth) / Math.max(1, width))))
    return { options: { ...limits, density } }
  }
  const options = format === 'tiff' && pages > 1 ? { ...limits, page: await largestPage(path, pages) } : limits
  if (format === 'tiff' && channels > 4 && space !== 'cmyk') {
    throw new NotAnImageError(`it has ${channels} channels: deliver it as grey, RGB or CMYK`)
  }
  // Of fractions in RGB the decoder knows what is white.
  if (depth === 'uchar' || depth === 'ushort' || format !== 'tiff' || space === 'scrgb') return { options }
  if (depth !== 'float' && depth !== 'double') {
    throw new NotAnImageError(`its ${channels} channels have samples of the type ${depth}: ${plainSamples}`)
  }
  const { channels: measured } = await asImage(() => sharp(path, options).stats(), path)
  const [least, most] = [Math.min(...measured.map(({ min }) => min)), Math.max(...measured.map(({ max }) => max))]
  if (least >= 0 && most <= 1) return { options, scale: 255 }
  throw new NotAnImageError(
    `its samples are fractions from ${least} to ${most}, and nothing says what is white: ${plainSamples}`,
  )
}

const plainSamples = 'deliver it with 8 or 16 bits per channel, without sign'

/** Of very long documents not every page is looked at. */
const maxPages = 50

async function largestPage(path: string, pages: number): Promise<number> {
  let largest = { page: 0, pixels: 0 }
  for (let page = 0; page < Math.min(pages, maxPages); page++) {
    const { width, height } = await asImage(() => sharp(path, { limitInputPixels: maxPixels, page }).metadata(), path)
    if (width * height > largest.pixels) largest = { page, pixels: width * height }
  }
  return largest.page
}
