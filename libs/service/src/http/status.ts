import type { Logger } from '../process/log.ts'

/** What a process depends on, each as a function that throws when it is not as it should be. */
export type Checks = Record<string, () => Promise<void>>

/** The answer of `GET /status`. */
export interface Status {
  service: string
  status: 'ok' | 'failing'
  checks: Record<string, { ok: boolean; message?: string }>
  started_at: string
  last_sign_of_life?: string
}

const checkSeconds = 3

/** Runs all checks at once, each for at most three seconds: a status page that hangs tells nobody anything. */
export async function takeStatus(options: {
  name: string
  checks: Checks
  startedAt: Temporal.Instant
  lastSignOfLife?: () => Temporal.Instant
  logger: Logger
}): Promise<Status> {
  const { name, checks, startedAt, lastSignOfLife, logger } = options
  const results = await Promise.all(
    Object.entries(checks).map(async ([check, run]): Promise<[string, { ok: boolean; message?: string }]> => {
      try {
        await within(run(), checkSeconds)
        return [check, { ok: true }]
      } catch (error) {
        logger.warn({ check, err: error }, 'a status check fails')
        return [check, { ok: false, message: error instanceof Error ? error.message : String(error) }]
      }
    }),
  )
  return {
    service: name,
    status: results.every(([, { ok }]) => ok) ? 'ok' : 'failing',
    checks: Object.fromEntries(results),
    started_at: startedAt.toString({ smallestUnit: 'millisecond' }),
    ...(lastSignOfLife && { last_sign_of_life: lastSignOfLife().toString({ smallestUnit: 'millisecond' }) }),
  }
}

async function within(work: Promise<void>, seconds: number): Promise<void> {
  const { promise: late, reject } = Promise.withResolvers<never>()
  const timer = setTimeout(() => reject(new Error(`no answer within ${seconds} s`)), seconds * 1000)
  try {
    await Promise.race([work, late])
  } finally {
    clearTimeout(timer)
  }
}
