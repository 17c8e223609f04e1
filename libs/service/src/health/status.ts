import { Type, type Static } from 'typebox'
import type { Logger } from '../process/log.ts'

/** The dependencies of a process, by name: each check throws when the dependency is unavailable. */
export type Checks = Record<string, () => Promise<void>>

/** The answer of `GET /status`. */
export const Status = Type.Object({
  service: Type.String(),
  status: Type.Enum(['ok', 'failing']),
  checks: Type.Record(
    Type.String(),
    Type.Object({ ok: Type.Boolean(), message: Type.Optional(Type.String({ description: 'why the check fails' })) }),
  ),
  started_at: Type.String({ format: 'date-time' }),
  last_sign_of_life: Type.Optional(
    Type.String({ format: 'date-time', description: 'when a polling process last heard from its queue' }),
  ),
})
export type Status = Static<typeof Status>

const checkSeconds = 3

/** Runs all checks of a service at once, each for at most three seconds, so that `/status` itself never hangs. */
export async function takeStatus(
  health: {
    readonly name: string
    readonly checks: () => Checks
    readonly lastSignOfLife: () => Temporal.Instant | undefined
  },
  startedAt: Temporal.Instant,
  logger: Logger,
): Promise<Status> {
  const lastSignOfLife = health.lastSignOfLife()
  const results = await Promise.all(
    Object.entries(health.checks()).map(async ([check, run]): Promise<[string, { ok: boolean; message?: string }]> => {
      try {
        await within(run(), checkSeconds)
        return [check, { ok: true }]
      } catch (error) {
        logger.warn({ check, err: error }, 'status check failed')
        return [check, { ok: false, message: error instanceof Error ? error.message : String(error) }]
      }
    }),
  )
  return {
    service: health.name,
    status: results.every(([, { ok }]) => ok) ? 'ok' : 'failing',
    checks: Object.fromEntries(results),
    started_at: startedAt.toString({ smallestUnit: 'millisecond' }),
    ...(lastSignOfLife && { last_sign_of_life: lastSignOfLife.toString({ smallestUnit: 'millisecond' }) }),
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
