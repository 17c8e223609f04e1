import { expect, test } from 'vitest'
import { readPaging } from './paging.ts'

test.for<[query: Record<string, unknown>, page: number, perPage: number, order: string]>([
  [{}, 1, 20, 'desc'],
  [{ page: '3', 'per-page': '100', order: 'ASC' }, 3, 100, 'asc'],
  [{ subject: 'neuroscience' }, 1, 20, 'desc'],
])('%j asks for page %d of %d, %s', ([query, page, perPage, order]) => {
  expect(readPaging(query)).toEqual({ page, perPage, order })
})

test.for<[query: Record<string, unknown>, message: string]>([
  ...['0', '-1', '1.5', 'one', '', ['1', '2']].flatMap((value): [Record<string, unknown>, string][] => [
    [{ page: value }, "expecting positive integer for 'page' parameter"],
    [{ 'per-page': value }, "expecting positive integer for 'per-page' parameter"],
  ]),
  [{ 'per-page': '101' }, "value must be between 1 and 100 for 'per-page' parameter"],
  [{ order: 'newest' }, "expecting either 'asc' or 'desc' for 'order' parameter"],
])('%j is refused: %s', ([query, message]) => {
  expect(() => readPaging(query)).toThrow(message)
})
