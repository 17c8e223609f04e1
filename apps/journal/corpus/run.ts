import { journalWithDefaults, type Journal } from '@continuum/article'
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { convert, type Outcome } from './convert.ts'
import { sourceOf } from './table.ts'

/** Settings of each source, one small file each. */
const journals = new URL('journals/', import.meta.url)

/** The journal of a source; without settings of its own, one with the defaults of a JATS journal that takes any DOI. */
export function journalOf(source: string): Journal {
  const file = new URL(`${source}.json`, journals)
  const settings: unknown = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : {}
  return journalWithDefaults({
    name: source,
    publisher: source,
    prefix: source.toLowerCase().replaceAll(/[^a-z0-9]/g, ''),
    doiPrefix: '10.5555/',
    issn: '0000-0000',
    doi: { required: false, check: 'none' },
    ...Object(settings),
  })
}

/** Converts every XML of a folder, in the order of their names. */
export function* runFolder(folder: string): Generator<Outcome> {
  const names = readdirSync(folder).filter((name) => /\.n?xml$/i.test(name))
  for (const name of names.toSorted()) yield convert(name, readFileSync(join(folder, name)), journalOf(sourceOf(name)))
}

/** Keeps what became of an article: `<name>.json`, `<name>.html` and its findings as `<name>.txt`. */
export function keep(folder: string, outcome: Outcome): void {
  mkdirSync(folder, { recursive: true })
  const write = (ending: string, text: string) => writeFileSync(join(folder, outcome.name + ending), text)
  if (outcome.json !== undefined) write('.json', JSON.stringify(outcome.json, undefined, 2))
  if (outcome.page !== undefined) write('.html', outcome.page)
  write(
    '.txt',
    findingsOf(outcome)
      .map((line) => `${line}\n`)
      .join(''),
  )
}

/** All that is said about an article, a line each. */
export function findingsOf({ refusals, invalid, losses, summary, apart }: Outcome): readonly string[] {
  return [
    ...(apart ? ['apart: no whole article'] : []),
    ...refusals.map((reason) => `refused: ${reason}`),
    ...invalid.map((problem) => `invalid: ${problem}`),
    ...(summary ? [summary] : []),
    ...losses.map(
      ({ severity, kind, xpath, line, label, words, excerpt, why }) =>
        `${severity}: ${kind}${label ? ` (${label})` : ''}, ${words} words, line ${line}, ${xpath}: "${excerpt}". ${why}`,
    ),
  ]
}
