import type { Consumer } from '@continuum/aws-resources'
import type { Sql } from 'postgres'
import { maxNewsAgeSeconds, newsAge } from '../pages/frame/banner.ts'
import { dependencies, newsOf, type Dependency } from '../store/dependencies.ts'

/** The checks behind `GET /status`. */
export interface Health {
  checks: Record<string, () => Promise<void>>
  lastSignOfLife?: () => Temporal.Instant
}

/** An empty poll is answered after 20 seconds, so a longer silence means that SQS is unavailable. */
const maxSilenceSeconds = 120

/** Creates the checks of a process, with or without a consumer of the events queue. */
export function healthOf(sql: Sql, consumer?: Consumer): Health {
  const database = async () => void (await sql`select 1`)
  const checks = {
    database,
    ...Object.fromEntries(dependencies.map((name) => [name, () => isWell(sql, name)])),
    news: () => isNew(sql),
  }
  if (!consumer) return { checks }
  const { lastSignOfLife } = consumer
  const events = async () => {
    const silence = Temporal.Now.instant().since(lastSignOfLife()).total('seconds')
    if (silence > maxSilenceSeconds) {
      throw new Error(`the events queue has not answered for ${Math.round(silence)} seconds`)
    }
  }
  return { checks: { ...checks, events }, lastSignOfLife }
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
