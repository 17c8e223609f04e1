import { readFile, writeFile } from 'node:fs/promises'
import { extname } from 'node:path'
import type { UnpackedFile } from './assess.ts'
import type { PackedFile } from './contents.ts'
import { PackageTooLargeFailure } from './errors.ts'
import { imageSize } from './images/decode.ts'
import { NotAnImageError } from './images/not-an-image.ts'
import { sanitiseSvg } from './images/sanitise-svg.ts'
import { packageLimits } from './limits.ts'
import { megabytes } from './wording.ts'

/**
 * Reads an article's XML that was unpacked to `path`.
 *
 * @throws {PackageTooLargeFailure} above `packageLimits.xmlBytes`
 */
export async function readXml(path: string, { name, size }: PackedFile): Promise<Buffer> {
  if (size <= packageLimits.xmlBytes) return readFile(path)
  throw new PackageTooLargeFailure(
    `"${name}" has ${megabytes(size)}; the XML of an article may have at most ${megabytes(packageLimits.xmlBytes)}.`,
  )
}

/** A drawing that was made safe. */
export interface SafeDrawing {
  /** Bytes of the drawing as it is now. */
  readonly bytes: number
  /** Scripts, links and the like that were taken out. */
  readonly removed: readonly string[]
}

/**
 * Replaces an unpacked SVG by the same drawing without anything that could run or load something. Undefined for a file of
 * another extension, and for one that is no SVG or too large to read: it stays as it is, and must not be served as one.
 */
export async function makeSvgSafe(path: string, { size }: PackedFile): Promise<SafeDrawing | undefined> {
  if (!isSvg(path) || size > packageLimits.xmlBytes) return undefined
  try {
    const { svg, removed } = sanitiseSvg(await readFile(path))
    await writeFile(path, svg)
    return { bytes: Buffer.byteLength(svg), removed }
  } catch (error) {
    if (error instanceof NotAnImageError) return undefined
    throw error
  }
}

function isSvg(path: string): boolean {
  return extname(path).toLowerCase() === '.svg'
}

/** Measures an unpacked image. One that is not readable is reported later, in one list with all other problems of the package. */
export async function measureImage(path: string): Promise<Pick<UnpackedFile, 'image' | 'notAnImage'>> {
  try {
    return { image: await imageSize(path) }
  } catch (error) {
    if (error instanceof NotAnImageError) return { notAnImage: error.message }
    throw error
  }
}
