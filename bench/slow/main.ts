/**
 * Measures what readers get while slow clients hold connections, on a server with 1,024 file descriptors:
 *
 *     node bench/slow/main.ts                       # 1,500 slow clients, 30 s
 *     node bench/slow/main.ts --clients 300 --seconds 5
 *
 * Prints a line; exits 1 above the budget.
 */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { setTimeout as pause } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { sendCrowd } from './crowd.ts'

const budget = { p99: 250 }
const { values } = parseArgs({
  options: { clients: { type: 'string', default: '1500' }, seconds: { type: 'string', default: '30' } },
})
const [clients, seconds] = [Number(values.clients), Number(values.seconds)]

const server = fileURLToPath(new URL('server.ts', import.meta.url))
const child = spawn('/bin/sh', ['-c', 'ulimit -n 1024; exec "$0" "$1"', process.execPath, server], {
  stdio: ['ignore', 'pipe', 'inherit'],
})
const [url] = await once(createInterface(child.stdout), 'line')
const crowd = sendCrowd(Number(new URL(String(url)).port), clients)
try {
  await pause(2_000)
  const took: number[] = []
  let failed = 0
  let held = 0
  const until = performance.now() + seconds * 1_000
  while (performance.now() < until) {
    const began = performance.now()
    // Each reader is a new one: a connection that is kept would not meet the crowd.
    const reply = fetch(`${String(url)}/article`, {
      headers: { connection: 'close' },
      signal: AbortSignal.timeout(10_000),
    })
    const ok = await reply.then(async (answer) => (await answer.text()).length > 0 && answer.ok).catch(() => false)
    if (ok) took.push(performance.now() - began)
    else failed++
    held = Math.max(held, crowd.open())
    await pause(20)
  }
  const sorted = took.toSorted((a, b) => a - b)
  const at = (share: number) => sorted[Math.floor((sorted.length - 1) * share)] ?? Number.NaN
  // In a few seconds the slowest one or two readers are the 99th percentile.
  const slack = seconds < 15 ? 4 : 1
  const within = failed === 0 && at(0.99) <= budget.p99 * slack
  console.log(
    `slow: ${took.length} readers beside ${clients} slow clients (${crowd.opened()} connections opened, at most ${held} at a time): ` +
      `median ${at(0.5).toFixed(1)} ms, 99 % within ${at(0.99).toFixed(1)} ms (budget ${budget.p99}), ${failed} got nothing; ${seconds} s`,
  )
  process.exitCode = within ? 0 : 1
} finally {
  crowd.leave()
  child.kill()
}
process.exit()
