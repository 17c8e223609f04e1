/**
 * Measures how fast the dashboard takes the bot's messages, against one message a transaction in the same run, and how soon a
 * browser is told of an event meanwhile:
 *
 *     npm run bench:intake              # about a minute
 *     npm run bench:intake -- --short   # fewer messages, for CI
 *
 * The messages are about fifty articles at a time. Milliseconds and rates are goals, which a busy machine misses; what is held are
 * the ratios. Exits 1 where one is missed (in the short form by a third).
 */
import { loadavg } from 'node:os'
import { parseArgs } from 'node:util'
import { createBudgets } from '../constant/budgets.ts'
import { measureLatency } from './latency.ts'
import { measureRate, type Rate } from './rate.ts'
import { startSystem } from './system.ts'

const { values } = parseArgs({ options: { short: { type: 'boolean', default: false } } })
const budgets = createBudgets(values.short ? 1.5 : 1)
const counts = values.short ? { base: 400, all: 1_600, events: 20 } : { base: 1_500, all: 8_000, events: 60 }

/** Packs messages as a worker sends them: the properties of a step with its end. */
function inBatches(messages: readonly object[]): object[] {
  const together: object[][] = []
  for (const message of messages) {
    const last = together.at(-1)
    if (last?.[0] && articleOf(last[0]) === articleOf(message)) last.push(message)
    else together.push([message])
  }
  return together.map((list) => (list.length === 1 ? list : [{ message_type: 'batch', messages: list }])).flat()
}

const articleOf = (message: object): unknown => Reflect.get(message, 'item_identifier')

const cpu = ({ cpuMilliseconds }: Rate) =>
  cpuMilliseconds === undefined ? '' : `, ${cpuMilliseconds.toFixed(2)} ms of CPU each`
const show = (what: string, rate: Rate) =>
  `${what.padEnd(34)} ${rate.perSecond.toFixed(0).padStart(6)} messages a second${cpu(rate)}`

await using system = await startSystem()
const base = await measureRate(system, { name: 'base', count: counts.base, env: { EVENT_BATCH: '1' } })
console.log(show('one message a transaction', base))
const together = await measureRate(system, { name: 'together', count: counts.all })
const ratio = together.perSecond / base.perSecond
console.log(
  `${show('as they arrive', together)}, goal ${budgets.keep(together.perSecond, { min: 1_000, strict: false })}, ratio ${ratio.toFixed(1)} ${budgets.keep(ratio, { min: 4 })}`,
)
if (together.cpuMilliseconds !== undefined && base.cpuMilliseconds !== undefined) {
  const part = together.cpuMilliseconds / base.cpuMilliseconds
  console.log(
    `${'CPU of the dashboard a message'.padEnd(34)} ratio ${part.toFixed(2)} ${budgets.keep(part, { max: 0.25 })}`,
  )
}
const sentTogether = await measureRate(system, { name: 'batches', count: counts.all, pack: inBatches })
console.log(
  `${show('sent together by the bot', sentTogether)}, ratio ${(sentTogether.perSecond / base.perSecond).toFixed(1)}`,
)
// At what the machine does now, less a third: a queue that grows says nothing of the way from the queue to the browser.
const perSecond = Math.min(1_000, Math.floor(together.perSecond * 0.6))
const latencies = await measureLatency(system, { name: 'load', perSecond, events: counts.events })
const at = (part: number) =>
  latencies[Math.min(latencies.length - 1, Math.floor(latencies.length * part))] ?? Number.NaN
console.log(
  `${'event to browser'.padEnd(34)} ${at(0.5).toFixed(0).padStart(6)} ms at ${perSecond} a second, 95 % within ${at(0.95).toFixed(0)} ms, goal ${budgets.keep(at(0.95), { max: 250, strict: false })}` +
    (latencies.length < counts.events ? `; only ${latencies.length} of ${counts.events} events within a minute` : ''),
)
console.log(`load average ${loadavg()[0]?.toFixed(1)}`)
process.exitCode = budgets.exceeded() > 0 ? 1 : 0
