import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { ask, type Target } from './load.ts'
import type { Server } from '../services.ts'

/** The milliseconds of processor time that a process has used; undefined where the system does not tell. */
export function processorTime({ pid }: Pick<Server, 'pid'>): number | undefined {
  const threads = `/proc/${pid}/task`
  if (!existsSync(`/proc/${pid}/schedstat`)) return undefined
  // By the nanosecond: the ticks of /proc/PID/stat are 10 ms, a tenth of what is measured here.
  const each = readdirSync(threads).map((thread) => readFileSync(`${threads}/${thread}/schedstat`, 'utf8'))
  return each.reduce((sum, text) => sum + Number(text.split(' ')[0]) / 1e6, 0)
}

export interface Cost {
  readonly perSecond: number
  /** Processor time of the server, in ms a request; without one of the system, the time that passed. */
  readonly cost: number
}

/** Asks for the same over and over, over 8 connections, and tells what it costs. */
export async function measureCost(server: Server, target: Target, status: number, count: number): Promise<Cost> {
  const before = processorTime(server)
  const took = await ask(target, status, count)
  const used = processorTime(server)
  const cost = used === undefined || before === undefined ? took : used - before
  return { perSecond: (count / took) * 1000, cost: cost / count }
}
