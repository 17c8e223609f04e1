import { goneAfterMilliseconds, type PollerLook, type ProcessLook } from '../store/process-looks.ts'

/** A process of the environment as it is shown. Instants are ISO 8601. */
export interface ProcessState {
  readonly name: string
  /** `absent`: the environment has it, and nothing was heard of it for a day. */
  readonly state: 'running' | 'starting' | 'gone' | 'absent'
  readonly version: string | null
  readonly startedAt: string | null
  /** The time of its last answer: if it is gone, since then. */
  readonly lastSeen: string | null
  readonly memoryBytes: number | null
  readonly cpuShare: number | null
  /** The process before it in the list with which it shares memory and processor time; null where it shares none. */
  readonly sharesWith: string | null
  readonly pollers: readonly PollerLook[]
}

/** A name with all tasks that run or ran under it within a day. */
export interface NamedProcess {
  readonly name: string
  /** The tasks of it that were replaced by another within a day. */
  readonly restarts: number
  readonly tasks: readonly ProcessState[]
}

/** All processes of an environment. */
export interface ProcessOverview {
  /** The time of the last look; null before the first. */
  readonly lookedAt: string | null
  readonly processes: readonly NamedProcess[]
}

/**
 * Judges what was seen of the processes: which run, which are gone, which were restarted.
 *
 * @param expected the names of the processes that the environment has, in the order in which they are shown
 */
export function judgeProcesses(looks: readonly ProcessLook[], expected: readonly string[]): ProcessOverview {
  const newest = Math.max(...looks.map(({ lastSeen }) => Date.parse(lastSeen)))
  const isGone = (look: ProcessLook) =>
    newest - Date.parse(look.lastSeen) > goneAfterMilliseconds || looks.some((other) => hasReplaced(other, look))
  const names = [...new Set([...expected, ...looks.map(({ service }) => service)])]
  const shown = new Map<string, string>()
  const processes = names.map((name) => {
    const own = looks.filter(({ service }) => service === name)
    const gone = own.filter(isGone)
    const alive = own.filter((look) => !gone.includes(look))
    const tasks = [
      ...alive.map((look) => {
        const sharesWith = shown.get(look.instance) ?? null
        if (sharesWith === null) shown.set(look.instance, name)
        return stateOf(look, look.ready ? 'running' : 'starting', sharesWith)
      }),
      ...gone.toReversed().map((look) => stateOf(look, 'gone', null)),
    ]
    return { name, restarts: restartsOf(own, gone), tasks: tasks.length > 0 ? tasks : [absent(name)] }
  })
  return { lookedAt: looks.length > 0 ? new Date(newest).toISOString() : null, processes }
}

/** A later start at the same address. */
function hasReplaced(other: ProcessLook, look: ProcessLook): boolean {
  return (
    other.service === look.service &&
    other.address === look.address &&
    other.instance !== look.instance &&
    Date.parse(other.startedAt) > Date.parse(look.startedAt)
  )
}

/** A deployment starts a task before it stops the one whose place it takes. */
const overlapMilliseconds = 30 * 60_000

/** Counts the tasks that are gone and whose place another one took. A task more, or one fewer, is no restart. */
function restartsOf(all: readonly ProcessLook[], gone: readonly ProcessLook[]): number {
  const successors = all.map(({ startedAt }) => Date.parse(startedAt)).toSorted((one, other) => one - other)
  return gone
    .toSorted((one, other) => Date.parse(one.lastSeen) - Date.parse(other.lastSeen))
    .filter(({ startedAt, lastSeen }) => {
      const earliest = Math.max(Date.parse(startedAt) + 1, Date.parse(lastSeen) - overlapMilliseconds)
      const at = successors.findIndex((started) => started >= earliest)
      if (at < 0) return false
      successors.splice(at, 1)
      return true
    }).length
}

function stateOf(look: ProcessLook, state: ProcessState['state'], sharesWith: string | null): ProcessState {
  const { service, version, startedAt, lastSeen, memoryBytes, cpuShare, pollers } = look
  const usage =
    state === 'gone' ? { memoryBytes: null, cpuShare: null, pollers: [] } : { memoryBytes, cpuShare, pollers }
  return { name: service, state, version, startedAt, lastSeen, sharesWith, ...usage }
}

function absent(name: string): ProcessState {
  const unknown = {
    version: null,
    startedAt: null,
    lastSeen: null,
    memoryBytes: null,
    cpuShare: null,
    sharesWith: null,
  }
  return { name, state: 'absent', ...unknown, pollers: [] }
}
