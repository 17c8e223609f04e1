import type { FastifyRequest } from 'fastify'
import type { Sql } from 'postgres'
import { recordVisit } from '../store/visits.ts'

/**
 * Creates the hook that stores that somebody is here. A page that fetches itself again while nobody looks is no visit, and
 * machines make none.
 */
export function visitHook(sql: Sql) {
  return async ({ method, headers, member }: FastifyRequest): Promise<void> => {
    if (method !== 'GET' || member?.csrf === undefined || headers['sec-fetch-dest'] === 'empty') return
    await recordVisit(sql, member.name)
  }
}
