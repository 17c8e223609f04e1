import { parseAssetName } from './asset-name.ts'

/** One image to be made from an original. */
export interface Derivative {
  readonly name: string
  /** Pixels. */
  readonly width: number
  readonly height: number
  readonly format: 'jpeg' | 'gif'
  /** The derivative of the same plan whose bytes these are; it need not be encoded again, and is served as a download. */
  readonly copyOf?: string
}

/** Pixels of an image. */
export interface Size {
  readonly width: number
  readonly height: number
}

const figureWidths = [300, 480, 511, 542, 600, 742, 972, 1022, 1084, 1484]
const thumbnailWidth = 80

/**
 * Every image that is made of a figure or an inline image, under the names that pages and feeds have always asked for.
 *
 * Names carry the nominal width (`-600w.jpg`), yet none is enlarged: a width beyond the original is the original's size
 * under that name, so every key exists. Heights are rounded down, at least 1.
 *
 * @param fileName the original under its versioned name, `elife-00353-fig1-v1.tif`
 */
export function imageDerivatives(fileName: string, kind: 'figure' | 'inline', original: Size): readonly Derivative[] {
  const base = derivativeStem(fileName)
  const whole: readonly Derivative[] = [
    { name: `${base}.jpg`, ...original, format: 'jpeg' },
    { name: `${base}-download.jpg`, ...original, format: 'jpeg', copyOf: `${base}.jpg` },
  ]
  if (kind === 'inline') return whole
  const jpegs = figureWidths.map((width) => ({
    name: `${base}-${width}w.jpg`,
    ...within(original, width),
    format: 'jpeg' as const,
  }))
  const thumbnail = {
    name: `${base}-${thumbnailWidth}w.gif`,
    ...within(original, thumbnailWidth),
    format: 'gif' as const,
  }
  return [...whole, ...jpegs, thumbnail]
}

/** The name that derivatives of a file begin with: its own with its version, without its extension. */
export function derivativeStem(fileName: string): string {
  const { extension } = parseAssetName(fileName)
  return extension ? fileName.slice(0, -extension.length - 1) : fileName
}

function within(original: Size, width: number): Size {
  if (width >= original.width) return original
  return { width, height: Math.max(1, Math.floor((original.height * width) / original.width)) }
}
