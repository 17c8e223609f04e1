/** A span of time, in milliseconds since 1970. */
export interface Span {
  readonly from: number
  readonly to: number
}

/** A long wait, with its place on the axis: `start` and `end` are parts of its length, from 0 to 1. */
export interface Fold extends Span {
  readonly start: number
  readonly end: number
}

/** An axis of time on which long waits take little room. */
export interface FoldedAxis {
  /** In order. */
  readonly folds: readonly Fold[]
  /** Returns the place of an instant on the axis, from 0 to 1. */
  readonly place: (time: number) => number
}

/** Less is never a long wait, in milliseconds. */
const minWait = 60_000
/** A wait is long where it is longer than this part of all work together. */
const partOfWork = 1 / 4
/** The part of the axis that one fold takes, and the most that all take together. */
const foldWidth = 0.06
const maxFolded = 0.4

/**
 * Folds the waits between spans of work that are so long that the work would not be readable beside them. What is not folded has one
 * scale; work is never folded.
 *
 * @param work spans in any order, which may overlap; an instant at which something happened is a span without length
 */
export function foldAxis(work: readonly Span[]): FoldedAxis {
  const merged = mergeSpans(work)
  const first = merged.at(0)?.from ?? 0
  const last = merged.at(-1)?.to ?? first
  const worked = merged.reduce((sum, { from, to }) => sum + to - from, 0)
  const long = merged.slice(1).flatMap(({ from: to }, index): Span[] => {
    const from = merged[index]?.to ?? to
    return to - from >= minWait && to - from > worked * partOfWork ? [{ from, to }] : []
  })
  const unfolded = last - first - long.reduce((sum, { from, to }) => sum + to - from, 0)
  const width = unfolded > 0 ? Math.min(foldWidth, maxFolded / long.length) : 1 / long.length
  const scale = unfolded > 0 ? (1 - width * long.length) / unfolded : 0
  let passed = 0
  const folds = long.map(({ from, to }, index): Fold => {
    const start = (from - first - passed) * scale + index * width
    passed += to - from
    return { from, to, start, end: start + width }
  })
  const place = (time: number) => {
    const at = Math.min(Math.max(time, first), last)
    const before = folds.findLast((fold) => fold.to <= at)
    const within = folds.find((fold) => fold.from < at && at < fold.to)
    if (within) return within.start + ((at - within.from) / (within.to - within.from)) * width
    return Math.min(1, (before?.end ?? 0) + (at - (before?.to ?? first)) * scale)
  }
  return { folds, place }
}

/** Joins spans that overlap or touch; returns them in order. */
export function mergeSpans(spans: readonly Span[]): Span[] {
  const merged: Span[] = []
  for (const span of spans.toSorted((a, b) => a.from - b.from)) {
    const last = merged.at(-1)
    if (last && span.from <= last.to) merged[merged.length - 1] = { from: last.from, to: Math.max(last.to, span.to) }
    else merged.push(span)
  }
  return merged
}
