import { lookup } from 'node:dns/promises'
import { ProcessHealth, readAnswer, request, type Logger } from '@continuum/service'
import type { ProcessSetting } from '@continuum/settings'
import type { Sql } from 'postgres'
import { judgeProcesses } from './judge-processes.ts'
import { processLooks, recordProcessLooks, type ProcessAnswer, type ProcessLook } from '../store/process-looks.ts'

const timeoutMilliseconds = 5_000

/** A health port to ask. */
interface Asked {
  readonly host: string
  readonly port: string
  /** The process that was there: another one that has its address now is found by its own name. */
  readonly instance?: string
}

/**
 * Creates the function that asks all processes once how they are, and stores what they say. The environment names their health
 * ports; a name has the addresses of all tasks of its process. One that does not answer is not stored: that it is gone shows
 * by its last look.
 *
 * @param options.now the time in unix milliseconds
 */
export function createProcessLook(options: {
  sql: Sql
  processes: readonly ProcessSetting[]
  now: () => number
  logger: Logger
}): () => Promise<void> {
  const { sql, processes, now, logger } = options
  const targets = [...Map.groupBy(processes, ({ address }) => address)].map(([address, sharing]) => ({
    address: new URL(address),
    names: sharing.map(({ name }) => name),
  }))
  return async () => {
    const known = aliveOf(await processLooks(sql))
    const answers = targets.map(async ({ address, names }) => {
      const asked = await portsOf(
        address,
        known.filter(({ service }) => names.includes(service)),
      )
      const found = await Promise.all(asked.map((each) => ask(each, names, logger)))
      return found.flat()
    })
    await recordProcessLooks(sql, (await Promise.all(answers)).flat(), now())
  }
}

/** The looks at processes that are not gone. */
function aliveOf(looks: readonly ProcessLook[]): readonly ProcessLook[] {
  const alive = judgeProcesses(looks, []).processes.flatMap(({ name, tasks }) =>
    tasks.filter(({ state }) => state !== 'gone').map(({ startedAt }) => `${name} ${startedAt}`),
  )
  return looks.filter(({ service, startedAt }) => alive.includes(`${service} ${startedAt}`))
}

/**
 * The health ports of a name: those that DNS tells, which are eight at most, drawn anew each time where there are more; and those at
 * which its tasks were before.
 */
async function portsOf({ hostname, port }: URL, known: readonly ProcessLook[]): Promise<Asked[]> {
  // A name without an address has no task.
  const told = await lookup(hostname, { all: true, family: 4 }).catch(() => [])
  const hosts = new Set(told.map(({ address }) => address))
  const before = known.flatMap(({ address, instance }) => {
    const [host = ''] = address.split(':')
    return hosts.has(host) ? [] : [{ host, port, instance }]
  })
  return [...[...hosts].map((host) => ({ host, port })), ...before]
}

async function ask(
  { host, port, instance }: Asked,
  names: readonly string[],
  logger: Logger,
): Promise<ProcessAnswer[]> {
  const [only, another] = names
  try {
    const url = `http://${host}:${port}/health`
    const answer = await request({ service: names.join(', '), url, timeoutMilliseconds })
    const health = readAnswer(ProcessHealth, answer)
    if (!health || (instance !== undefined && health.instance !== instance)) return []
    return health.services.flatMap(({ name, ready, pollers }) => {
      // The parts of the dashboard are one service by two names.
      const service = another === undefined ? only : names.find((each) => each === name)
      if (service === undefined) return []
      return {
        service,
        instance: health.instance,
        address: `${host}:${port}`,
        version: health.version ?? null,
        ready,
        startedAt: health.started_at,
        memoryBytes: health.memory_bytes,
        cpuSeconds: health.cpu_seconds,
        pollers: pollers.map((poller) => ({ name: poller.name, lastSignOfLife: poller.last_sign_of_life })),
      }
    })
  } catch (error) {
    logger.debug({ err: error, processes: names }, 'a process does not answer')
    return []
  }
}
