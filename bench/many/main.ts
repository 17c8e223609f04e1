/**
 * Measures many small packages delivered at once, to be published without a person, against one alone in the same run:
 *
 *     npm run bench:many              # 600 packages
 *     npm run bench:many -- --short   # 60, for CI
 *     npm run bench:many -- --packages 200
 *     npm run bench:many -- --memory  # 100 and then 1,000: time per article and memory of each process
 *
 * Seconds are told as goals; ratios of one run are held. Exits 1 where one of these is exceeded (in the short form by
 * half).
 */
import { loadavg } from 'node:os'
import { setTimeout as pause } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { createBudgets, median } from '../constant/budgets.ts'
import { deliver, type Delivered } from './deliver.ts'
import { startEnvironment } from './environment.ts'

const { values } = parseArgs({
  options: {
    short: { type: 'boolean', default: false },
    packages: { type: 'string' },
    memory: { type: 'boolean', default: false },
  },
})
const packages = Number(values.packages ?? (values.short ? 60 : 600))
const { keep, exceeded } = createBudgets(values.short ? 1.5 : 1)
let next = 30_001
const newIds = (count: number) => Array.from({ length: count }, () => String(next++))

await using environment = await startEnvironment()
// What is loaded and compiled at first use is no article's cost.
for (const count of [1, 8]) await deliver(environment, newIds(count))
const alone: Delivered[] = []
for (let round = 0; round < 5; round++) alone.push(await deliver(environment, newIds(1)))
const aloneSeconds = median(alone.map(({ firstPublic }) => firstPublic))
const aloneTold = median(alone.map(({ allTold }) => allTold))
const aloneCpu = median(alone.map(({ cpu }) => sum(cpu)))
console.log(
  `one alone: public after ${aloneSeconds.toFixed(2)} s, told after ${aloneTold.toFixed(2)} s, CPU ${aloneCpu.toFixed(0)} ms`,
)

if (values.memory) await compareMemory()
else tell(await deliver(environment, newIds(packages)))
console.log(
  `load average ${loadavg()
    .map((load) => load.toFixed(1))
    .join(' ')}`,
)
process.exitCode = exceeded() > 0 ? 1 : 0

function tell(many: Delivered): void {
  const { articles, firstPublic, allTold, oldestEvent, cpu } = many
  const goal = { strict: false }
  const perMinute = (articles / allTold) * 60
  const each = sum(cpu) / articles
  const first = firstPublic / aloneSeconds
  const parts = [...cpu].map(([name, used]) => [name, used / articles] as const).toSorted(([, a], [, b]) => b - a)
  console.log(
    `${articles} at once: ${perMinute.toFixed(0)} articles a minute until public and told, one after the other ${(60 / aloneTold).toFixed(0)} ${keep(perMinute, { min: 200, ...goal })}`,
  )
  console.log(
    `CPU per article, all processes: ${each.toFixed(0)} ms, alone ${aloneCpu.toFixed(0)} ${keep(each, { max: 450, ...goal })}`,
  )
  console.log(`  ${parts.map(([name, used]) => `${name} ${used.toFixed(0)}`).join(', ')}`)
  console.log(
    `first article public: ${firstPublic.toFixed(2)} s, alone ${aloneSeconds.toFixed(2)} s, ratio ${first.toFixed(1)} ${keep(first, { max: 5 })}`,
  )
  console.log(
    `age of the dashboard's newest event, worst: ${oldestEvent.toFixed(1)} s ${keep(oldestEvent, { max: 3, ...goal })}`,
  )
}

/** The same environment takes a hundred, and then a thousand. */
async function compareMemory(): Promise<void> {
  const few = await deliver(environment, newIds(100))
  const settle = () => pause(5_000)
  await settle()
  const before = environment.memory()
  const many = await deliver(environment, newIds(1_000))
  await settle()
  const after = environment.memory()
  const each = ({ allTold, articles }: Delivered) => (allTold / articles) * 1000
  const ratio = each(many) / each(few)
  console.log(
    `time per article at 1,000: ${each(many).toFixed(0)} ms, at 100 ${each(few).toFixed(0)} ms, ratio ${ratio.toFixed(2)} ${keep(ratio, { max: 1.1, strict: false })}`,
  )
  for (const [name, held] of after)
    console.log(`  ${name}: ${held.toFixed(0)} MB after 1,000, ${(before.get(name) ?? 0).toFixed(0)} after 100`)
}

function sum(of: ReadonlyMap<string, number>): number {
  return [...of.values()].reduce((total, each) => total + each, 0)
}
