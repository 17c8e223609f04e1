import fc from 'fast-check'
import { expect, test } from 'vitest'
import { compareUtf8, listPage, successor, type ListRequest } from './listing.ts'

const lister = (keys: readonly string[]) => {
  const sorted = [...new Set(keys)].toSorted(compareUtf8).map((key) => ({ key }))
  return (from: string) => sorted.filter(({ key }) => compareUtf8(key, from) >= 0).values()
}

/** All entries of a list, page by page. */
function walk(keys: readonly string[], request: Omit<ListRequest, 'after'>): string[] {
  const entries: string[] = []
  for (let after = ''; ;) {
    const page = listPage({ ...request, after }, lister(keys))
    const found = [...page.items.map(({ key }) => key), ...page.commonPrefixes].toSorted(compareUtf8)
    expect(found.length).toBeLessThanOrEqual(request.max)
    entries.push(...found)
    if (!page.truncated) return entries
    expect(found).toHaveLength(request.max)
    after = page.last ?? ''
  }
}

/** The expected list, computed the slow way. */
function expected(keys: readonly string[], prefix: string, delimiter: string): string[] {
  const entries = keys
    .filter((key) => key.startsWith(prefix))
    .map((key) => {
      const end = delimiter === '' ? -1 : key.indexOf(delimiter, prefix.length)
      return end < 0 ? key : key.slice(0, end + delimiter.length)
    })
  return [...new Set(entries)].toSorted(compareUtf8)
}

const alphabet = ['a', 'b', '/', '-', 'é', '\u{10ffff}', '\ud7ff', '\ue000', '😀', '\u0000']
const key = fc.array(fc.constantFrom(...alphabet), { minLength: 1, maxLength: 5 }).map((it) => it.join(''))

test('walking the pages gives each key or common prefix once, in the order of UTF-8 bytes, whatever the page size', () => {
  fc.assert(
    fc.property(
      fc.array(key, { maxLength: 40 }),
      fc.oneof(fc.constant(''), key),
      fc.constantFrom('', '/', '-', 'a', '😀', '/a'),
      fc.integer({ min: 1, max: 7 }),
      (keys, prefix, delimiter, max) => {
        expect(walk(keys, { prefix, delimiter, max })).toEqual(expected(keys, prefix, delimiter))
      },
    ),
  )
})

test('a successor lies above all that begin with the prefix and below all else', () => {
  fc.assert(
    fc.property(key, key, (prefix, other) => {
      const above = successor(prefix)
      fc.pre(above !== undefined)
      expect(compareUtf8(prefix + other, above)).toBeLessThan(0)
      if (compareUtf8(other, prefix) > 0 && !other.startsWith(prefix))
        expect(compareUtf8(other, above)).toBeGreaterThanOrEqual(0)
    }),
  )
  expect(successor('')).toBeUndefined()
  expect(successor('\u{10ffff}')).toBeUndefined()
})

test('a list with a delimiter skips the keys of a common prefix', () => {
  const asked: string[] = []
  const from = lister(Array.from({ length: 1000 }, (_, index) => `folder/${index}`))
  const page = listPage({ prefix: '', delimiter: '/', after: '', max: 1000 }, (start) => {
    asked.push(start)
    return from(start)
  })
  expect(page.commonPrefixes).toEqual(['folder/'])
  expect(asked).toEqual(['', 'folder0'])
})

test('an empty page is not truncated', () => {
  expect(listPage({ prefix: '', delimiter: '', after: '', max: 0 }, lister(['a']))).toMatchObject({
    items: [],
    truncated: false,
  })
})
