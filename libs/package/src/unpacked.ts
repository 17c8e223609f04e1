import { readFile } from 'node:fs/promises'
import type { UnpackedFile } from './assess.ts'
import type { PackedFile } from './contents.ts'
import { PackageTooLargeFailure } from './errors.ts'
import { imageSize } from './images/decode.ts'
import { NotAnImageError } from './images/not-an-image.ts'
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

/** Measures an unpacked image. One that is not readable is reported later, in one list with all other problems of the package. */
export async function measureImage(path: string): Promise<Pick<UnpackedFile, 'image' | 'notAnImage'>> {
  try {
    return { image: await imageSize(path) }
  } catch (error) {
    if (error instanceof NotAnImageError) return { notAnImage: error.message }
    throw error
  }
}
