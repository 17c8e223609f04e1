import type { Options } from './options.ts'

/** Whether a key is to be fed. `not a package` is worth telling; `not asked for` is not. */
export type Verdict = 'feed' | 'not a package' | 'not asked for'

export function judge(key: string, options: Pick<Options, 'filter' | 'everything'>): Verdict {
  if (options.filter && !options.filter.test(key)) return 'not asked for'
  if (key.endsWith('/')) return 'not a package' // a folder, as consoles draw them
  return options.everything || key.endsWith('.zip') ? 'feed' : 'not a package'
}
