import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { dirname, join, normalize } from 'node:path'

/** A module of the repository. Paths are relative to the root and use `/`. */
export interface Module {
  readonly path: string
  /** Modules of the same package that it imports or re-exports, types included. */
  readonly imports: readonly string[]
}

/** Every file that git tracks or would track, as it stands in the working tree. */
export function repositoryFiles(root: string): readonly string[] {
  const said = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard'], {
    cwd: root,
    encoding: 'utf8',
  })
  return said.split('\n').filter((path) => path && existsSync(join(root, path)))
}

/** The TypeScript modules among the files, with their relative imports resolved. */
export function readModules(root: string, files: readonly string[]): readonly Module[] {
  return files
    .filter((path) => /\.m?ts$/.test(path))
    .map((path) => ({ path, imports: importsOf(path, readFileSync(join(root, path), 'utf8')) }))
}

/** Paths that a module imports, re-exports or loads with `import()` by a relative path, types included. */
export function importsOf(path: string, text: string): readonly string[] {
  const specifiers = [
    ...text.matchAll(/^(?:import|export)\b[^'"`;]*?\bfrom\s+'(\.{1,2}\/[^']+)'/gm),
    ...text.matchAll(/^import\s+'(\.{1,2}\/[^']+)'/gm),
    ...text.matchAll(/\bimport\('(\.{1,2}\/[^']+)'\)/g),
  ]
  return [...new Set(specifiers.map(([, specifier = '']) => normalize(join(dirname(path), specifier))))]
}

/** Tests and what only they share: they may import from any room. */
export function isForTests(path: string): boolean {
  return /\.(test|fixture|e2e)\.ts$|(^|\/)(testing|histories)\//.test(path)
}
