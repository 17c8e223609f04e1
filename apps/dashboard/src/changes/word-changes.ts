import { diffArrays, diffWordsWithSpace } from 'diff'

/** A piece of a paragraph: as it was and is, new, or gone. */
export interface Piece {
  readonly is: 'same' | 'added' | 'removed'
  readonly text: string
}

/** A paragraph that differs, in pieces; one that is new or gone has a single piece. */
export type ParagraphChange = readonly Piece[]

/** Limits of a comparison: two texts that differ more are shown one after the other. */
const limits = { timeout: 300, maxEditLength: 2000 }

/** Two paragraphs with fewer words in common are two, not one that was changed. */
const minAlike = 0.35

/** Finds the paragraphs that differ, by words, in the order of the new text. */
export function changedParagraphs(was: readonly string[], is: readonly string[]): ParagraphChange[] {
  const changes: ParagraphChange[] = []
  let gone: string[] = []
  const flush = (come: string[]) => {
    changes.push(...pairUp(gone, come))
    gone = []
  }
  for (const { removed, added, value } of diffArrays([...was], [...is])) {
    if (removed) gone = value
    else flush(added ? value : [])
  }
  flush([])
  return changes
}

/** Pairs paragraphs that are gone with those that came in their place, in order; the rest are gone or new as a whole. */
function pairUp(gone: readonly string[], come: readonly string[]): ParagraphChange[] {
  const changes: ParagraphChange[] = []
  let next = 0
  const hasPair = (old: string) => come.some((text) => likeness(old, text) >= minAlike)
  for (const text of come) {
    for (let old = gone[next]; old !== undefined && !hasPair(old); old = gone[next]) {
      changes.push(removal(old))
      next++
    }
    const at = gone.findIndex((old, index) => index >= next && likeness(old, text) >= minAlike)
    if (at < 0) {
      changes.push([{ is: 'added', text }])
      continue
    }
    changes.push(...gone.slice(next, at).map(removal), wordChanges(gone[at] ?? '', text))
    next = at + 1
  }
  return [...changes, ...gone.slice(next).map(removal)]
}

const removal = (text: string): ParagraphChange => [{ is: 'removed', text }]

/** Compares two texts by words. */
export function wordChanges(was: string, is: string): ParagraphChange {
  const pieces = diffWordsWithSpace(was, is, limits)
  if (pieces === undefined) return [...removal(was), { is: 'added', text: is }]
  return pieces.map(({ value, added, removed }) => ({
    is: added ? 'added' : removed ? 'removed' : 'same',
    text: value,
  }))
}

/** The share of words that two texts have in common. */
function likeness(one: string, other: string): number {
  const [words, others] = [new Set(one.split(' ')), new Set(other.split(' '))]
  const common = words.intersection(others).size
  return common / Math.max(1, Math.min(words.size, others.size))
}
