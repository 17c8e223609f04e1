import { versionedFileName } from '@continuum/article'
import { SameName } from './errors.ts'

/**
 * The name that each file of a package has in a version of the article, by its name in the package.
 * @throws {SameName} when one file would replace another
 */
export function versionedNames(files: readonly string[], version: number): ReadonlyMap<string, string> {
  for (const [name, same] of Map.groupBy(files, (file) => versionedFileName(file, version))) {
    if (same.length > 1) {
      throw new SameName(
        `${same.join(' and ')} would both be ${name}. Leave the right one in the package and put it in the bucket again.`,
      )
    }
  }
  return new Map(files.map((file) => [file, versionedFileName(file, version)]))
}
