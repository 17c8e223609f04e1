/** The parameters of a list request. */
export interface ListRequest {
  readonly prefix: string
  /** Empty for none. */
  readonly delimiter: string
  /** Start after this key or common prefix; empty to list from the start. */
  readonly after: string
  readonly max: number
}

/** One page: entries in order, each an item or the common prefix of several. */
export interface ListPage<T> {
  readonly items: readonly T[]
  readonly commonPrefixes: readonly string[]
  readonly truncated: boolean
  /** The last key or common prefix of the page; the next page starts after it. */
  readonly last: string | undefined
}

/**
 * Pages through keys in the order of their UTF-8 bytes.
 * @param from - the items from a key on, including it, in that order; called again after each common prefix, so that a list with a
 * delimiter skips the keys it rolls up instead of reading them
 */
export function listPage<T extends { readonly key: string }>(
  request: ListRequest,
  from: (key: string) => Iterator<T>,
): ListPage<T> {
  const { prefix, delimiter, after, max } = request
  const items: T[] = []
  const commonPrefixes: string[] = []
  let last: string | undefined
  let source = from(startOf(request))
  const page = (truncated: boolean): ListPage<T> => {
    source.return?.()
    return { items, commonPrefixes, truncated, last }
  }
  for (;;) {
    const next = source.next()
    if (next.done || !next.value.key.startsWith(prefix)) return page(false)
    const { key } = next.value
    if (key === after) continue
    if (items.length + commonPrefixes.length >= max) return page(max > 0)
    const common = commonPrefixOf(key, prefix, delimiter)
    last = common ?? key
    if (common === undefined) {
      items.push(next.value)
      continue
    }
    commonPrefixes.push(common)
    source.return?.()
    const beyond = successor(common)
    if (beyond === undefined) return page(false)
    source = from(beyond)
  }
}

function startOf({ prefix, delimiter, after }: ListRequest): string {
  if (compareUtf8(after, prefix) < 0) return prefix
  // A page that ended with a common prefix continues after every key with that prefix.
  if (commonPrefixOf(after, prefix, delimiter) === after) return successor(after) ?? after
  return after
}

/** The key up to and including the first delimiter after the prefix, if there is one. */
function commonPrefixOf(key: string, prefix: string, delimiter: string): string | undefined {
  if (delimiter === '' || !key.startsWith(prefix)) return undefined
  const found = key.indexOf(delimiter, prefix.length)
  return found < 0 ? undefined : key.slice(0, found + delimiter.length)
}

const highest = 0x10ffff

/** The smallest string greater than every string that starts with `prefix`; undefined if there is none. */
export function successor(prefix: string): string | undefined {
  const points = Array.from(prefix, (character) => character.codePointAt(0) ?? 0)
  while (points.at(-1) === highest) points.pop()
  const last = points.pop()
  if (last === undefined) return undefined
  // Code points D800 to DFFF are not characters.
  return String.fromCodePoint(...points, last === 0xd7ff ? 0xe000 : last + 1)
}

/** Compares by UTF-8 bytes, that is by code points, which is not the order of JavaScript strings. */
export const compareUtf8 = (one: string, other: string): number => Buffer.compare(Buffer.from(one), Buffer.from(other))
