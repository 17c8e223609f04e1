import { Type, type Static } from 'typebox'
import type { Search } from '../store/search-store.ts'
import { PagingError, PagingQuery, readPaging } from './paging.ts'

const Several = Type.Optional(Type.Union([Type.String(), Type.Array(Type.String())]))
const Day = (description: string) => Type.Optional(Type.String({ description, examples: ['2017-01-31'] }))

/** The query of a search. Other parameters are ignored. */
export const SearchQuery = Type.Object({
  ...PagingQuery.properties,
  for: Type.Optional(Type.String({ description: 'words that must all be there; 32 at most', examples: ['cell'] })),
  'subject[]': Several,
  'type[]': Several,
  'start-date': Day('the first day, inclusive'),
  'end-date': Day('the last day, inclusive'),
  'use-date': Type.Optional(
    Type.String({
      pattern: '^(?:default|published)$',
      description: 'default: of the present status; published: of version 1',
    }),
  ),
  sort: Type.Optional(Type.String({ pattern: '^(?:relevance|date)$' })),
})

const maxWords = 32
const maxResults = 10_000

/**
 * Reads a search.
 *
 * @throws PagingError where a date is none, the start is after the end, or the page is too far
 */
export function readSearch(query: Static<typeof SearchQuery>): Search {
  const { page, perPage, order } = readPaging(query)
  if (page * perPage > maxResults) throw new PagingError(`only the first ${maxResults} results can be paged through`)
  const [from, to] = [readDay('start-date', query['start-date']), readDay('end-date', query['end-date'])]
  if (from !== undefined && to !== undefined && from > to)
    throw new PagingError('start-date must not be after end-date')
  return {
    words: (query.for ?? '').replaceAll('-', ' ').split(/\s+/).filter(Boolean).slice(0, maxWords).join(' '),
    subjects: listOf(query['subject[]']),
    types: listOf(query['type[]']),
    ...(from !== undefined && { from }),
    ...(to !== undefined && { to }),
    by: query['use-date'] === 'published' ? 'published' : 'date',
    sort: query.sort === 'date' ? 'date' : 'relevance',
    order,
    page,
    perPage,
  }
}

function listOf(value: string | string[] | undefined): string[] {
  return value === undefined ? [] : [value].flat()
}

function readDay(name: string, text: string | undefined): string | undefined {
  if (text === undefined || text === '') return undefined
  try {
    if (/^\d{4}-\d\d-\d\d$/.test(text)) return Temporal.PlainDate.from(text, { overflow: 'reject' }).toString()
  } catch {
    // Said below.
  }
  throw new PagingError(`expecting a day such as 2017-01-31 for '${name}' parameter`)
}
