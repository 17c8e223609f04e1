/** A binary heap: the entry with the smallest `due` first, among equals the one pushed first. */
export interface Heap<S> {
  push(due: number, subject: S): void
  peek(): { due: number; subject: S } | undefined
  pop(): void
}

interface Entry<S> {
  due: number
  order: number
  subject: S
}

export function createHeap<S>(): Heap<S> {
  const entries: Entry<S>[] = []
  let pushed = 0
  return {
    push(due, subject) {
      const entry = { due, order: pushed++, subject }
      entries.push(entry)
      rise(entries, entry)
    },
    peek: () => entries[0],
    pop() {
      const last = entries.pop()
      if (last !== undefined && entries.length > 0) sink(entries, last)
    },
  }
}

const before = <S>(one: Entry<S>, other: Entry<S>) =>
  one.due < other.due || (one.due === other.due && one.order < other.order)

/** Moves the last entry up to its place. */
function rise<S>(entries: Entry<S>[], entry: Entry<S>): void {
  let at = entries.length - 1
  while (at > 0) {
    const above = (at - 1) >> 1
    const parent = entries[above]
    if (parent === undefined || !before(entry, parent)) break
    entries[at] = parent
    at = above
  }
  entries[at] = entry
}

/** Replaces the first entry by `entry` and moves it down to its place. */
function sink<S>(entries: Entry<S>[], entry: Entry<S>): void {
  let at = 0
  for (;;) {
    const left = entries[2 * at + 1]
    const right = entries[2 * at + 2]
    const rightIsFirst = left !== undefined && right !== undefined && before(right, left)
    const child = rightIsFirst ? right : left
    if (child === undefined || !before(child, entry)) break
    entries[at] = child
    at = 2 * at + (rightIsFirst ? 2 : 1)
  }
  entries[at] = entry
}
