import type { Consumer } from '@continuum/aws-resources'
import type { Sql } from 'postgres'

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
  if (!consumer) return { checks: { database } }
  const { lastSignOfLife } = consumer
  const events = async () => {
    const silence = Temporal.Now.instant().since(lastSignOfLife()).total('seconds')
    if (silence > maxSilenceSeconds) {
      throw new Error(`the events queue has not answered for ${Math.round(silence)} seconds`)
    }
  }
  return { checks: { database, events }, lastSignOfLife }
}
