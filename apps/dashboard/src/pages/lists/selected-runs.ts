import { Value } from 'typebox/value'
import type { Sql } from 'postgres'
import { listRows } from '../../store/lists.ts'
import { readRunRef, type RunRef } from '../elements/addresses.ts'
import { ListQuery, readFilter, readSort } from './list-query.ts'

/** The runs that a form selects. */
export interface SelectedRuns {
  readonly refs: readonly RunRef[]
  /** There are more than can be done at once. */
  readonly cut: boolean
}

/** Finds the runs that a form selects: those that are ticked, or all that a list matches. */
export async function selectedRuns(
  sql: Sql,
  { article = [], all }: { article?: string | readonly string[]; all?: string },
  max: number,
): Promise<SelectedRuns> {
  const found = all === undefined ? ticked(article) : await matching(sql, all, max + 1)
  return { refs: found.slice(0, max), cut: found.length > max }
}

function ticked(article: string | readonly string[]): RunRef[] {
  return [article].flat().flatMap((text) => readRunRef(text) ?? [])
}

/** Finds the runs on the list at an address. */
async function matching(sql: Sql, path: string, limit: number): Promise<RunRef[]> {
  const [base, text = ''] = path.split('?')
  const parameters = new URLSearchParams(text)
  const query = Object.fromEntries(
    [...new Set(parameters.keys())].map((name) => [name, valueOf(parameters.getAll(name))]),
  )
  if (!Value.Check(ListQuery, query)) return []
  const table = base === '/archive' ? 'archived_run' : 'current_run'
  const { rows } = await listRows(sql, table, readFilter(query), { limit, sort: readSort(query) })
  return rows.flatMap(({ summary: { id, version, run } }) => (run ? [{ id, version, run: run.id }] : []))
}

function valueOf(values: readonly string[]): string | string[] {
  const [only = ''] = values
  return values.length > 1 ? [...values] : only
}
