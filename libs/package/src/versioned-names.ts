import { versionedFileName } from '@continuum/article'
import { DuplicateNameFailure } from './errors.ts'
import { count } from './wording.ts'

/**
 * Maps each name in a package to the name that the file has in a version of the article.
 * @throws {DuplicateNameFailure} when one file would replace another
 */
export function versionedNames(files: readonly string[], version: number): ReadonlyMap<string, string> {
  const clashes = [...Map.groupBy(files, (file) => versionedFileName(file, version))].filter(
    ([, same]) => same.length > 1,
  )
  const [first, ...others] = clashes
  if (first) {
    const [name, same] = first
    const more = others.length > 0 ? `, and so with ${count(others.length, 'other name')}` : ''
    throw new DuplicateNameFailure(
      `${same.join(' and ')} would both be stored as ${name}${more}. Keep only the right one in the package and put it in the bucket again.`,
    )
  }
  return new Map(files.map((file) => [file, versionedFileName(file, version)]))
}
