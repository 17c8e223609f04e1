import { setTimeout as pause } from 'node:timers/promises'
import { processorTime } from '../constant/cost.ts'
import { messagesOf } from './messages.ts'
import type { Dashboard, System } from './system.ts'

/** The rate at which messages are stored, and its cost. */
export interface Rate {
  readonly perSecond: number
  /** Milliseconds of CPU that the dashboard's process takes for a message; undefined where the machine does not tell. */
  readonly cpuMilliseconds: number | undefined
}

/**
 * Measures how fast a dashboard takes messages that wait on the queue: nothing else runs, and nobody sends.
 *
 * @param pack turns messages into those of the queue
 */
export async function measureRate(
  system: System,
  options: {
    readonly name: string
    readonly count: number
    readonly env?: Record<string, string>
    readonly pack?: (messages: readonly object[]) => object[]
  },
): Promise<Rate> {
  const { name, count, env = {}, pack = (messages) => [...messages] } = options
  const dashboard = await system.startDashboard(name, env)
  // The code is warm when it is measured.
  await take(system, dashboard, pack(messagesOf(`${name}-first`, warmUp)), warmUp)
  const messages = messagesOf(name, count)
  // It stands still while the queue fills.
  process.kill(dashboard.pid, 'SIGSTOP')
  await system.send(pack(messages))
  const before = processorTime(dashboard)
  process.kill(dashboard.pid, 'SIGCONT')
  await untilStored(dashboard, warmUp + count)
  const after = processorTime(dashboard)
  const [row] = await dashboard.sql<{ seconds: number }[]>`
    select extract(epoch from max(received) - min(received))::float8 as seconds from (
      select received from message order by sequence offset ${warmUp}) as measured`
  await dashboard.stop()
  return {
    perSecond: count / (row?.seconds ?? Number.NaN),
    cpuMilliseconds: before === undefined || after === undefined ? undefined : (after - before) / count,
  }
}

const warmUp = 400

async function take(system: System, dashboard: Dashboard, packed: readonly object[], count: number): Promise<void> {
  await system.send(packed)
  await untilStored(dashboard, count)
}

async function untilStored({ sql }: Dashboard, count: number): Promise<void> {
  for (let time = 0; time < 3_000; time++) {
    const [row] = await sql<{ count: number }[]>`select count(*)::int as count from message`
    if (row?.count === count) return
    await pause(100)
  }
  throw new Error(`the dashboard did not store ${count} messages in time`)
}
