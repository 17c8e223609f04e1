import { setTimeout as pause } from 'node:timers/promises'
import { pollWhile } from './poll-while.ts'
import { startServer } from './server.ts'

const budget = 20

/** Measures how soon a decider's held poll receives the task of a new execution: the median over `starts`, each timed from its request. */
export async function measureWake(starts: number): Promise<string> {
  await using server = await startServer()
  // Time for more starts than are counted; the first ones, which find nothing compiled, are left out.
  const warmUp = 10
  const [, waits] = await pollWhile(server, () => pause((starts + warmUp) * 50))
  const counted = waits.slice(warmUp, warmUp + starts).toSorted((a, b) => a - b)
  const median = counted[Math.floor(counted.length / 2)] ?? Number.NaN
  const slowest = counted.at(-1) ?? Number.NaN
  return `wake: a held poll has work ${median.toFixed(1)} ms after the request that brings it (median of ${counted.length}, slowest ${slowest.toFixed(1)} ms; budget ${budget} ms)`
}
