import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { root } from './environment.ts'

/** Real article packages, beside the project where its developers keep them; not part of it. */
const folder = join(root, '..', 'shared', 'articles')

/** Paths of the real packages, in the order of their names; empty where the folder is absent. */
export const realPackages: string[] = existsSync(folder)
  ? readdirSync(folder)
      .filter((name) => name.endsWith('.zip'))
      .toSorted()
      .map((name) => join(folder, name))
  : []

export const realPackage = (name: string) => join(folder, name)

/** Said by tests that skip. */
export const why = realPackages.length > 0 ? '' : ' (skipped: ../shared/articles is absent)'
