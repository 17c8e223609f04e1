import sharp, { type Sharp } from 'sharp'
import type { Size } from '@continuum/article'

/** Beyond this an image is refused: 16,383 x 16,383 pixels, far above any figure in print. */
const mostPixels = 0x3fff * 0x3fff

// Each figure is a job of its own, done in one thread; figures are what goes in parallel. Nothing is decoded twice, so
// the decoder's cache would only hold memory.
sharp.cache(false)
sharp.concurrency(1)

/** Thrown when a file is no image that can be decoded; the message is the decoder's. */
export class NotAnImage extends Error {
  override readonly name = 'NotAnImage'
  readonly retry = false
}

/**
 * The image of a file, upright, opaque on white and in sRGB, not decoded yet.
 * Decoding stops at damage; what is merely odd in a TIFF's tags is not damage.
 */
export function openImage(path: string): Sharp {
  return sharp(path, { failOn: 'error', limitInputPixels: mostPixels, sequentialRead: true })
    .autoOrient()
    .flatten({ background: '#ffffff' })
    .toColourspace('srgb')
}

/**
 * Pixels of the image in a file, as it is shown (turned upright). Reads the header only.
 * @throws {NotAnImage} when it is none
 */
export async function imageSize(path: string): Promise<Size> {
  const { autoOrient } = await asImage(sharp(path, { limitInputPixels: mostPixels }).metadata())
  return { width: autoOrient.width, height: autoOrient.height }
}

/** @throws {NotAnImage} in place of what the decoder throws, which has no class of its own */
export async function asImage<Result>(decoding: Promise<Result>): Promise<Result> {
  try {
    return await decoding
  } catch (cause) {
    throw new NotAnImage(cause instanceof Error ? cause.message.trim().replaceAll(/\s+/g, ' ') : String(cause), {
      cause,
    })
  }
}
