import type { Options } from './options.ts'

/** The decision on a key. `not a package` is reported; `not selected` is not. */
export type Verdict = 'feed' | 'not a package' | 'not selected'

/** Decides whether a key is to be fed. */
export function select(key: string, options: Pick<Options, 'filter' | 'everything'>): Verdict {
  if (options.filter && !options.filter.pattern.test(key)) return 'not selected'
  if (key.endsWith('/')) return 'not a package' // a folder, as consoles draw them
  return options.everything || key.endsWith('.zip') ? 'feed' : 'not a package'
}
