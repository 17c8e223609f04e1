import type { Sql } from 'postgres'
import { countRows, failureCauses } from '../../store/lists.ts'
import { unlistedOverdue } from '../../store/schedules.ts'
import { listPath, readFilter, type ListQuery } from '../lists/list-query.ts'

/** A group of the morning page: how many there are, and the filter of the list that shows them. */
export interface Group {
  readonly id: string
  readonly text: string
  readonly count: number
  readonly path: string
  /** The parts of the group. */
  readonly parts?: readonly { readonly text: string; readonly count: number; readonly path: string }[]
}

const maxOverdue = 1000

/** Counts what has happened since an instant, and what waits for somebody. Each group is a filter of the list. */
export async function morningGroups(sql: Sql, since: string, user: string | undefined): Promise<Group[]> {
  const count = async (id: string, text: string, base: '/current' | '/archive', query: ListQuery): Promise<Group> => {
    const table = base === '/archive' ? 'archived_run' : 'current_run'
    return { id, text, count: await countRows(sql, table, readFilter(query)), path: listPath(base, query) }
  }
  const failures = { section: 'error', from: since }
  return Promise.all([
    failed(sql, count('failed', 'failed', '/current', failures), failures),
    overdueOf(sql, count('overdue', 'overdue', '/current', { overdue: 'yes' })),
    count('ready', 'ready to publish, without findings', '/current', { section: 'uir', findings: 'no', from: since }),
    count('findings', 'ready to publish, with findings', '/current', { section: 'uir', findings: 'yes', from: since }),
    arrivedOf(
      count('arrived', 'arrived', '/current', { arrived: since }),
      count('done', 'published or dismissed since', '/archive', { arrived: since }),
    ),
    count('clock', 'published by the clock', '/archive', { section: 'published', via: 'clock', from: since }),
    count('published', 'published in all', '/archive', { section: 'published', from: since }),
    count('waiting', 'waiting deliveries', '/current', { section: 'waiting' }),
    count('finishing', 'published, not finished', '/current', { section: 'finishing' }),
    ...(user === undefined ? [] : [count('mine', 'assigned to you', '/current', { assignee: user })]),
  ])
}

async function failed(sql: Sql, counted: Promise<Group>, query: ListQuery): Promise<Group> {
  const [group, causes] = await Promise.all([counted, failureCauses(sql, readFilter(query))])
  return {
    ...group,
    parts: causes.map(({ cause, count }) => ({ text: cause, count, path: listPath('/current', query, { cause }) })),
  }
}

/** Adds the schedules that no row of the list has: the list shows them by themselves. */
async function overdueOf(sql: Sql, counted: Promise<Group>): Promise<Group> {
  const [group, { length: unlisted }] = await Promise.all([counted, unlistedOverdue(sql, maxOverdue)])
  if (unlisted === 0) return group
  const part = { text: 'on no article of the list', count: unlisted, path: '/current#overdue' }
  const path = group.count === 0 ? part.path : group.path
  return { ...group, count: group.count + unlisted, path, parts: [part] }
}

/** Adds what has arrived and is done already. */
async function arrivedOf(counted: Promise<Group>, archived: Promise<Group>): Promise<Group> {
  const [current, done] = await Promise.all([counted, archived])
  if (done.count === 0) return current
  const parts = [{ ...current, text: 'current' }, done].filter(({ count }) => count > 0)
  return { ...current, count: current.count + done.count, parts }
}
