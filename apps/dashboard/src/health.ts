import type { Consumer } from '@continuum/aws-resources'
import type { Sql } from 'postgres'

/** What `/status` asks and tells. */
export interface Health {
  checks: Record<string, () => Promise<void>>
  lastSignOfLife?: () => Temporal.Instant
}

/** A poll that finds nothing is answered after 20 seconds; silence for so long is none of SQS's habits. */
const longestSilenceSeconds = 120

/** The health of a process, with or without a consumer of the events queue. */
export function healthOf(sql: Sql, consumer?: Consumer): Health {
  const database = async () => void (await sql`select 1`)
  if (!consumer) return { checks: { database } }
  const { lastSignOfLife } = consumer
  const events = async () => {
    const silence = Temporal.Now.instant().since(lastSignOfLife()).total('seconds')
    if (silence > longestSilenceSeconds) {
      throw new Error(`the events queue has not answered for ${Math.round(silence)} seconds`)
    }
  }
  return { checks: { database, events }, lastSignOfLife }
}
