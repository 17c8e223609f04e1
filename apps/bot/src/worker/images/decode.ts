import sharp, { type Sharp } from 'sharp'
import type { Size } from '@continuum/article'

/** An image may have at most 16,383 x 16,383 pixels, far more than any figure in print. */
const maxPixels = 0x3fff * 0x3fff

// Figures are processed in parallel, each in one thread. Nothing is decoded twice, so the decoder's cache would only
// use memory.
sharp.cache(false)
sharp.concurrency(1)

/** Thrown when a file is not an image that can be decoded; the message is the decoder's. */
export class NotAnImageError extends Error {
  override readonly name = 'NotAnImageError'
  readonly retry = false
}

/**
 * Opens the image in a file, upright, opaque on white and in sRGB; it is decoded later.
 * Decoding stops at damage; odd tags of a TIFF are not damage.
 */
export function openImage(path: string): Sharp {
  return sharp(path, { failOn: 'error', limitInputPixels: maxPixels, sequentialRead: true })
    .autoOrient()
    .flatten({ background: '#ffffff' })
    .toColourspace('srgb')
}

/**
 * Reads the size in pixels of the image in a file, as it is shown (turned upright), from the header alone.
 * @throws {NotAnImageError} when it is not one
 */
export async function imageSize(path: string): Promise<Size> {
  const { autoOrient } = await asImage(sharp(path, { limitInputPixels: maxPixels }).metadata())
  return { width: autoOrient.width, height: autoOrient.height }
}

/**
 * Awaits the decoder.
 * @throws {NotAnImageError} in place of the decoder's errors, which have no class of their own
 */
export async function asImage<Result>(decoding: Promise<Result>): Promise<Result> {
  try {
    return await decoding
  } catch (cause) {
    throw new NotAnImageError(cause instanceof Error ? cause.message.trim().replaceAll(/\s+/g, ' ') : String(cause), {
      cause,
    })
  }
}
