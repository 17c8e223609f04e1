export interface Paging {
  page: number
  perPage: number
  order: 'asc' | 'desc'
}

/** Thrown when a list is asked for with a parameter that makes no sense; the message is for the asker. */
export class BadPaging extends Error {
  override readonly name = 'BadPaging'
}

const perPageLimit = 100

/**
 * The page of a list that a query asks for. Parameters that the store does not know are ignored.
 *
 * @throws BadPaging
 */
export function readPaging(query: Readonly<Record<string, unknown>>): Paging {
  const page = positiveInteger(query, 'page', 1)
  const perPage = positiveInteger(query, 'per-page', 20)
  if (perPage > perPageLimit) {
    throw new BadPaging(`value must be between 1 and ${perPageLimit} for 'per-page' parameter`)
  }
  const asked = query['order'] ?? 'desc'
  const order = typeof asked === 'string' ? asked.toLowerCase() : ''
  if (order !== 'asc' && order !== 'desc') {
    throw new BadPaging("expecting either 'asc' or 'desc' for 'order' parameter")
  }
  return { page, perPage, order }
}

function positiveInteger(query: Readonly<Record<string, unknown>>, name: string, absent: number): number {
  const text = query[name]
  if (text === undefined) return absent
  const value = typeof text === 'string' && /^\d{1,9}$/.test(text) ? Number(text) : 0
  if (value < 1) throw new BadPaging(`expecting positive integer for '${name}' parameter`)
  return value
}
