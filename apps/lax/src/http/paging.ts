import { Type, type Static } from 'typebox'

/** The query of a list. Other parameters are ignored. */
export const PagingQuery = Type.Object({
  page: Type.Optional(Type.Integer({ minimum: 1, maximum: 999_999_999, default: 1 })),
  'per-page': Type.Optional(Type.Integer({ minimum: 1, maximum: 100, default: 20 })),
  order: Type.Optional(
    Type.String({
      pattern: '^([aA][sS][cC]|[dD][eE][sS][cC])$',
      default: 'desc',
      description: 'asc or desc, by the date of publication',
    }),
  ),
})

export interface Paging {
  page: number
  perPage: number
  order: 'asc' | 'desc'
}

/** Thrown when the paging parameters of a list are invalid; the message is for the client. */
export class PagingError extends Error {
  override readonly name = 'PagingError'
}

/** Returns the page of a list that a query requests. */
export function readPaging(query: Static<typeof PagingQuery>): Paging {
  const { page = 1, 'per-page': perPage = 20, order = 'desc' } = query
  return { page, perPage, order: order.toLowerCase() === 'asc' ? 'asc' : 'desc' }
}

/** Returns the error for a paging parameter that contradicts the schema, in the words that clients know. */
export function pagingError(parameter: string, keyword: string): PagingError {
  if (parameter === 'order') return new PagingError("expecting either 'asc' or 'desc' for 'order' parameter")
  if (parameter === 'per-page' && keyword === 'maximum') {
    return new PagingError("value must be between 1 and 100 for 'per-page' parameter")
  }
  return new PagingError(`expecting positive integer for '${parameter}' parameter`)
}
