import { expect, test } from 'vitest'
import { readPaging } from './paging.ts'

test.for<[query: Parameters<typeof readPaging>[0], page: number, perPage: number, order: string]>([
  [{}, 1, 20, 'desc'],
  [{ page: 3, 'per-page': 100, order: 'ASC' }, 3, 100, 'asc'],
])('%j asks for page %d of %d, %s', ([query, page, perPage, order]) => {
  expect(readPaging(query)).toEqual({ page, perPage, order })
})
