import type { Outcome } from './convert.ts'

/** The figures of one source, or of all. */
export interface Row {
  /** Whole articles. */
  readonly files: number
  readonly taken: number
  /** Whole articles that became article JSON, whether or not they are refused for what they lose. */
  readonly converted: number
  readonly invalid: number
  readonly words: number
  readonly lostWithFinding: number
  readonly lostWithout: number
  readonly deadLinks: number
  readonly figuresLost: number
  /** Examples that are no whole articles; none of the other figures counts them. */
  readonly apart: number
}

export type Table = Readonly<Record<string, Row>>

/** A source is what stands before the two underscores in a file's name. */
export function sourceOf(name: string): string {
  return /^(.+?)__/.exec(name)?.[1] ?? 'other'
}

/** The figures by source, and of all sources together under `all`. */
export function tableOf(outcomes: readonly Outcome[]): Table {
  const bySource = Map.groupBy(outcomes, ({ name }) => sourceOf(name))
  const rows = [...bySource]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([source, some]) => [source, rowOf(some)] as const)
  return { ...Object.fromEntries(rows), all: rowOf(outcomes) }
}

function rowOf(outcomes: readonly Outcome[]): Row {
  const whole = outcomes.filter(({ apart }) => !apart)
  const sum = (figure: (outcome: Outcome) => number) => whole.reduce((total, outcome) => total + figure(outcome), 0)
  return {
    files: whole.length,
    taken: whole.filter(({ refusals, invalid }) => refusals.length === 0 && invalid.length === 0).length,
    converted: whole.filter(({ json }) => json !== undefined).length,
    invalid: whole.filter(({ invalid }) => invalid.length > 0).length,
    words: sum(({ words }) => words.all),
    lostWithFinding: sum(({ words }) => words.lost),
    lostWithout: sum(({ words }) => words.silent),
    deadLinks: sum(({ deadLinks }) => deadLinks),
    figuresLost: sum(({ figuresLost }) => figuresLost),
    apart: outcomes.length - whole.length,
  }
}

/** Lists the figures that became worse from one table to another; nothing where all is as good or better. */
export function worsenings(before: Table, after: Table): readonly string[] {
  return Object.entries(before).flatMap(([source, old]) => {
    const now = after[source]
    if (!now) return [`${source} is gone`]
    const more = (['taken', 'converted'] as const).filter((figure) => now[figure] < old[figure])
    const less = (['invalid', 'lostWithFinding', 'lostWithout', 'deadLinks', 'figuresLost'] as const).filter(
      (figure) => now[figure] > old[figure],
    )
    return [...more, ...less].map((figure) => `${source}: ${figure} was ${old[figure]} and is ${now[figure]}`)
  })
}

/** The table as text in columns. */
export function textOfTable(table: Table): string {
  const head = [
    'source',
    'files',
    'taken',
    'converted',
    'invalid',
    'words',
    'lost',
    'silent',
    '%',
    'links',
    'figures',
    'apart',
  ]
  const lines = Object.entries(table).map(([source, row]) => [
    source,
    ...[row.files, row.taken, row.converted, row.invalid, row.words, row.lostWithFinding, row.lostWithout].map(String),
    row.words > 0 ? ((100 * (row.lostWithFinding + row.lostWithout)) / row.words).toFixed(2) : '-',
    ...[row.deadLinks, row.figuresLost, row.apart].map(String),
  ])
  const all = [head, ...lines]
  const widths = head.map((_, column) => Math.max(...all.map((line) => (line[column] ?? '').length)))
  return all
    .map((line) =>
      line
        .map((cell, column) => (column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[column] ?? 0)))
        .join('  '),
    )
    .join('\n')
}
