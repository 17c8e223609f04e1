import { Type, type Static } from 'typebox'
import type { Paging } from '../count/read-usage.ts'

const either = (a: string, b: string) => `^(?:${[a, b].map(anyCase).join('|')})$`
const anyCase = (word: string) => word.replaceAll(/[a-z]/g, (letter) => `[${letter}${letter.toUpperCase()}]`)

/** The query of a list. Other parameters are ignored. */
export const PagingQuery = Type.Object({
  page: Type.Optional(Type.Integer({ minimum: 1, maximum: 999_999_999, default: 1 })),
  'per-page': Type.Optional(Type.Integer({ minimum: 1, maximum: 100, default: 20 })),
  order: Type.Optional(Type.String({ pattern: either('asc', 'desc'), default: 'desc', description: 'asc or desc' })),
})
export const PeriodQuery = Type.Object({
  ...PagingQuery.properties,
  by: Type.Optional(Type.String({ pattern: either('day', 'month'), default: 'day', description: 'day or month' })),
})

/** Returns the page of a list that a query requests. */
export function readPaging(query: Static<typeof PagingQuery>): Paging {
  const { page = 1, 'per-page': perPage = 20, order = 'desc' } = query
  return { page, perPage, order: order.toLowerCase() === 'asc' ? 'asc' : 'desc' }
}
