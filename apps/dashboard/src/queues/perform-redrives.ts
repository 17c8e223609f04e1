import { setInterval } from 'node:timers'
import type { Logger } from '@continuum/service'
import type { Sql } from 'postgres'
import { recordActivity } from '../store/activity.ts'
import { changesChannel, type Change } from '../store/apply-change.ts'
import { endRedrive, lockRedrive, queuedRedrives, type LockedRedrive } from '../store/redrives.ts'
import type { QueuesClient } from './queues-client.ts'

/** The time in which a message that somebody looks at is seen again. */
const maxSearchSeconds = 60
const intervalMilliseconds = 10_000

const notFound = 'It was not among the dead letters: it went back before, or somebody took it.'

/**
 * Does what was asked for: gives dead letters back to their queues, and keeps who did so in the activity log. A crash before it is
 * stored as done repeats it, which is harmless: the effects of messages are idempotent. Never throws: what cannot be done now is
 * done later.
 */
export async function performRedrives(sql: Sql, queues: QueuesClient, logger: Logger): Promise<void> {
  try {
    for (const id of await queuedRedrives(sql)) await performOne(sql, queues, id)
  } catch (error) {
    logger.error({ err: error }, 'SQS or database unavailable; dead letters are given back later')
  }
}

async function performOne(sql: Sql, queues: QueuesClient, id: number): Promise<void> {
  await sql.begin(async (transaction) => {
    const redrive = await lockRedrive(transaction, id)
    if (!redrive) return
    const moved = await queues.redrive(redrive.queue, redrive.message)
    if (!moved && redrive.age < maxSearchSeconds) return
    await endRedrive(transaction, id, moved ? undefined : notFound)
    await recordActivity(transaction, entryOf(redrive, queues, moved))
    await transaction`select pg_notify(${changesChannel}, ${JSON.stringify({ article: null } satisfies Change)})`
  })
}

function entryOf({ by, queue, message, why }: LockedRedrive, { nameOf }: QueuesClient, moved: boolean) {
  const what = message === null ? 'all' : `message ${message}`
  const detail = moved ? what : `${what}: refused. ${notFound}`
  return { by, action: 'redrive', subject: nameOf(queue), detail, why } as const
}

/** A performer of what is asked for. */
export interface Redriving {
  /** Does at once what is asked for; settles when that is over, or after some seconds in which it is not. */
  readonly now: () => Promise<void>
  /** Starts no more, and settles when the current one is over. */
  readonly stop: () => Promise<void>
}

const timeoutMilliseconds = 2_000

/** Performs what is asked for: when `now` says so, and every ten seconds what an earlier process left. */
export function startRedriving(perform: () => Promise<void>): Redriving {
  let current: Promise<void> | undefined
  const begin = () => {
    current ??= perform().finally(() => (current = undefined))
    return current
  }
  void begin()
  const timer = setInterval(begin, intervalMilliseconds)
  return {
    now: async () => {
      const { promise: late, resolve } = Promise.withResolvers<void>()
      const over = setTimeout(resolve, timeoutMilliseconds)
      // What is asked for while a pass is under way is not part of that.
      await Promise.race([Promise.resolve(current).then(begin), late])
      clearTimeout(over)
    },
    stop: async () => {
      clearInterval(timer)
      await current
    },
  }
}
