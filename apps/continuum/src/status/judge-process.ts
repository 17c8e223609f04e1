import type { KnownProcess } from './known-processes.ts'
import { checkTimeoutMs, type HealthCheckResult } from './health-check.ts'

/** A process as `continuum status --json` prints it. */
export interface ProcessStatus extends KnownProcess {
  readonly name: string
  readonly pid: number | null
  /** Since `npm start`; `restartsLastDay` counts those before it too. */
  readonly restarts: number
  /**
   * `hangs`: it exists but answers nothing; `gone`: it has crashed and is not restarted yet; `blocked`: it works, and only lacks
   * another process, which is the one to look at.
   */
  readonly state: 'ok' | 'failing' | 'starting' | 'hangs' | 'gone' | 'blocked'
  /** The reason why it is not healthy, if known. */
  readonly problem: string | null
  /** The last instant at which it proved that it works; null if it has not yet. */
  readonly lastSignOfLife: string | null
  readonly megabytes: number | null
}

/** A process by itself: with the checks that fail, by which it may be another one that is down. */
export interface Judged extends ProcessStatus {
  readonly failing?: readonly string[] | undefined
}

/** The problem of a process at whose address nothing listens. */
export const closed = 'nothing listens at its address'

/** A process that has not reported ready after this many milliseconds is no longer starting. */
const maxStartMs = 60_000

/**
 * Interprets the health check of a process that exists.
 *
 * @param answer undefined where its address is not known yet
 * @param known whether it has said since its start that it is ready, and how long ago that start was, in milliseconds
 */
export function judge(
  answer: HealthCheckResult | undefined,
  known: { ready: boolean; age: number },
): Omit<Judged, 'name' | 'pid' | 'restarts' | 'megabytes' | keyof KnownProcess> {
  if (answer?.kind === 'healthy') {
    return { state: 'ok', problem: null, lastSignOfLife: answer.lastSignOfLife ?? new Date().toISOString() }
  }
  const lastSignOfLife = null
  if (!known.ready && known.age < maxStartMs) return { state: 'starting', problem: null, lastSignOfLife }
  if (answer?.kind === 'unhealthy') {
    const { reason, failing } = answer
    return {
      state: 'failing',
      problem: `it reports: ${reason}`,
      lastSignOfLife: answer.lastSignOfLife ?? null,
      failing,
    }
  }
  if (answer?.kind === 'closed') return { state: 'failing', problem: closed, lastSignOfLife }
  const waited = `${checkTimeoutMs / 1000} s`
  const problem = answer ? `it accepts connections but did not answer within ${waited}` : 'it never reported ready'
  return { state: 'hangs', problem, lastSignOfLife }
}

/** The process behind a check of another one. */
const processOfCheck: Readonly<Record<string, string>> = {
  lax: 'lax',
  'article store': 'lax',
  metrics: 'metrics',
  database: 'postgres',
  SWF: 'aws-local',
  SQS: 'aws-local',
  S3: 'aws-local',
  polling: 'aws-local',
}

/**
 * Tells apart the processes that are in trouble from those that only lack one of them: whatever fails a process's checks is another
 * process that is not well.
 */
export function tellCauses(processes: readonly Judged[]): readonly ProcessStatus[] {
  const known = new Map(processes.map((each) => [each.name, each]))
  const lacks = ({ state, failing = [] }: Judged): readonly Judged[] => {
    if (state !== 'failing' || failing.length === 0) return []
    const behind = failing.map((check) => known.get(processOfCheck[check] ?? ''))
    return behind.every((each) => each !== undefined && each.state !== 'ok') ? behind.filter((each) => !!each) : []
  }
  const roots = (each: Judged, seen: ReadonlySet<string>): readonly string[] => {
    const next = lacks(each).filter(({ name }) => !seen.has(name))
    if (next.length === 0) return [each.name]
    return next.flatMap((one) => roots(one, new Set([...seen, one.name])))
  }
  return processes.map((each) => {
    const { failing: _, ...told } = each
    if (lacks(each).length === 0) return told
    const causes = [...new Set(roots(each, new Set([each.name])))]
    return { ...told, state: 'blocked', problem: `lacks ${causes.join(' and ')}` }
  })
}
