import { mkdtemp, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, join, resolve } from 'node:path'
import type { Journal } from '@continuum/article'
import { checkPackageFile, isTaken, type CheckedPackage } from '@continuum/package'
import { UserError } from '../errors/user-error.ts'
import { checkText, summaryText } from './check-text.ts'

/** Lets a command write: results to one stream, progress to the other. */
export interface Output {
  readonly line: (text: string) => void
  /** Absent where nobody watches. */
  readonly progress?: (text: string) => void
}

interface CheckOptions {
  readonly journals: readonly Journal[]
  readonly base: string
  readonly json: boolean
}

/**
 * Checks packages one after the other and prints what is to say about each.
 *
 * @returns the exit code: 0 when all would be taken, 1 when one would not
 * @throws {UserError} for a path that is no file, before anything is checked
 */
export async function checkPackages(
  paths: readonly string[],
  { journals, base, json }: CheckOptions,
  output: Output,
): Promise<0 | 1> {
  const files = paths.map((path) => ({ path, file: resolve(base, path) }))
  for (const { path, file } of files) {
    const found = await stat(file).catch(() => undefined)
    if (!found?.isFile()) throw new UserError(`${path} is no file. Expected are packages: continuum check A.zip B.zip`)
  }
  const scratch = await mkdtemp(join(tmpdir(), 'continuum-check-'))
  const results = new Map<string, CheckedPackage>()
  try {
    for (const [index, { path, file }] of files.entries()) {
      if (files.length > 1) output.progress?.(`${index + 1} of ${files.length}  ${basename(path)}`)
      const checked = await checkPackageFile(file, { journals, scratch, signal: new AbortController().signal })
      results.set(path, checked)
      output.progress?.('')
      output.line(
        json ? JSON.stringify({ package: path, taken: isTaken(checked), ...checked }) : checkText(path, checked),
      )
    }
  } finally {
    await rm(scratch, { recursive: true, force: true })
  }
  if (!json && results.size > 1) output.line(summaryText(results))
  return [...results.values()].every(isTaken) ? 0 : 1
}
