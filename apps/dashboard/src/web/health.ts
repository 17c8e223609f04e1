import type { Checks } from '@continuum/service'
import type { Sql } from 'postgres'
import { maxNewsAgeSeconds, newsAge } from '../pages/frame/banner.ts'
import { dependencies, newsOf, type Dependency } from '../store/dependencies.ts'

/** Creates the checks of a process of the dashboard. */
export function checksOf(sql: Sql): Checks {
  return {
    database: async () => void (await sql`select 1`),
    ...Object.fromEntries(dependencies.map((name) => [name, () => isWell(sql, name)])),
    news: () => isNew(sql),
  }
}

/** Fails with what the banner says. */
async function isWell(sql: Sql, dependency: Dependency): Promise<void> {
  const trouble = (await newsOf(sql)).find(({ name }) => name === dependency)?.trouble
  if (trouble) throw new Error(`${trouble.problem} ${trouble.advice}`)
}

async function isNew(sql: Sql): Promise<void> {
  const age = newsAge(await newsOf(sql), Temporal.Now.instant()) ?? 0
  if (age > maxNewsAgeSeconds)
    throw new Error(`the consumer has not looked at the dependencies for ${Math.round(age)} seconds`)
}
