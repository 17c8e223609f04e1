import { setInterval } from 'node:timers'
import type { Logger } from '@continuum/service'
import type { Sql } from 'postgres'
import { dependencies, recordNews, type Dependency, type Trouble } from '../store/dependencies.ts'
import { noAnswer, type Probe } from './probes.ts'

const seconds = 1_000
const intervalMilliseconds = 15 * seconds
const timeoutMilliseconds = 10 * seconds

/**
 * Creates the function that looks at everything once, and stores what it found. One odd answer is no verdict: a trouble is told when
 * it is found twice in a row.
 *
 * @param options.now the time in unix milliseconds
 */
export function createWatch(options: {
  sql: Sql
  probes: Record<Dependency, Probe>
  now: () => number
  logger: Logger
  timeout?: number
}): () => Promise<void> {
  const { sql, probes, now, logger, timeout = timeoutMilliseconds } = options
  let suspected = new Set<Dependency>()
  return async () => {
    const looks = dependencies.map(async (name) => [name, await look(name, probes[name], timeout)] as const)
    const found = new Map(await Promise.all(looks))
    const troubled = dependencies.filter((name) => found.get(name))
    const told = new Map(dependencies.map((name) => [name, suspected.has(name) ? found.get(name) : undefined]))
    suspected = new Set(troubled)
    for (const name of troubled)
      logger.warn({ dependency: name, problem: found.get(name)?.problem }, 'a dependency is in trouble')
    await recordNews(sql, told, now())
  }
}

async function look(name: Dependency, probe: Probe, timeout: number): Promise<Trouble | undefined> {
  const { promise: late, reject } = Promise.withResolvers<never>()
  const over = new AbortController()
  const timer = setTimeout(() => {
    reject(new Error(`no answer within ${timeout / seconds} s`))
    over.abort()
  }, timeout)
  try {
    return await Promise.race([probe(over.signal), late])
  } catch (error) {
    return noAnswer(name, error)
  } finally {
    clearTimeout(timer)
  }
}

/** Looks at once and again and again, every fifteen seconds by default; `stop` settles when the present look is over. */
export function startWatching(
  watch: () => Promise<void>,
  logger: Logger,
  interval = intervalMilliseconds,
): { readonly stop: () => Promise<void> } {
  let current: Promise<void> | undefined
  const begin = () => {
    current ??= watch()
      .catch((error: unknown) =>
        logger.warn({ err: error }, 'what there is to be seen could not be looked at or stored'),
      )
      .finally(() => (current = undefined))
  }
  begin()
  const timer = setInterval(begin, interval)
  return {
    stop: async () => {
      clearInterval(timer)
      await current
    },
  }
}
