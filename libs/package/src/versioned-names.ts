import { versionedFileName } from '@continuum/article'
import { DuplicateNameFailure } from './errors.ts'

/**
 * Maps each name in a package to the name that the file has in a version of the article.
 * @throws {DuplicateNameFailure} when one file would replace another
 */
export function versionedNames(files: readonly string[], version: number): ReadonlyMap<string, string> {
  for (const [name, same] of Map.groupBy(files, (file) => versionedFileName(file, version))) {
    if (same.length > 1) {
      throw new DuplicateNameFailure(
        `${same.join(' and ')} would both be stored as ${name}. Keep only the right one in the package and put it in the bucket again.`,
      )
    }
  }
  return new Map(files.map((file) => [file, versionedFileName(file, version)]))
}
