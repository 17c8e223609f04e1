/**
 * Tries the whole system hard: deliveries one after the other, some of them put twice and some revisions of an article that may
 * still be under way, while processes are killed at random, and the dependencies hang, PostgreSQL too, the site answers oddly and
 * the power is cut; `npm run soak -- --hard` (300 deliveries), `--deliveries 20 --outage-seconds 5` for CI. Each service is a process
 * of its own, which fails alone; with `--together` they share one as in `npm start`, and what needs the site alone to be gone is
 * left out. Exits 1 when an article is lost, doubled or half-published, its versions are not in the order of their delivery, or a
 * version is not "published" on the dashboard at the end, without a hand (`soak-problems.ts`).
 */
import { setTimeout as pause } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { PutObjectCommand } from '@aws-sdk/client-s3'
import { disturbances, oddSite, runningOf, signal } from './disturbances.ts'
import { newEnvironment, type Environment } from './environment.ts'
import { s3Of } from './inspect.ts'
import { articleXml, zip } from './small-package.ts'
import { problemsOf } from './soak-problems.ts'

const { values } = parseArgs({
  options: {
    hard: { type: 'boolean' },
    together: { type: 'boolean', default: false },
    deliveries: { type: 'string', default: '300' },
    seed: { type: 'string', default: '1' },
    'outage-seconds': { type: 'string', default: '60' },
  },
})
const faults = values.together ? disturbances.filter((one) => one !== oddSite) : disturbances
const deliveries = Number(values.deliveries)
const outageSeconds = Number(values['outage-seconds'])
let state = Number(values.seed)
const random = (below: number): number => {
  state = (state * 48_271) % 2_147_483_647
  return state % below
}

const counts = { kills: 0, repeated: 0 }
const outages = new Map<string, number>()

/** Fewer kills than these would prove little. */
const minKills = Math.ceil(deliveries / 5)

/** Kills processes, and makes dependencies fail in every way, until the signal, each way has had its turn and enough were killed. */
async function disturb(environment: Environment, signalled: AbortSignal): Promise<void> {
  const owed = faults.map((one) => ({ one, at: random(1_000) })).toSorted((left, right) => left.at - right.at)
  while (!signalled.aborted || owed.length > 0 || counts.kills < minKills) {
    await pause(500 + random(3_000))
    if (random(owed.length > 0 ? 6 : 12) === 0 || (signalled.aborted && owed.length > 0)) {
      const disturbance = owed.shift()?.one ?? faults[random(faults.length)]
      await disturbance?.begin(environment, outageSeconds)
      if (disturbance) outages.set(disturbance.name, (outages.get(disturbance.name) ?? 0) + 1)
    } else {
      const running = runningOf(environment)
      const one = running[random(running.length)]
      if (one && signal(one.pid, 'SIGKILL')) counts.kills++
    }
  }
}

async function deliver(environment: Environment, id: string, revision: number, text: string): Promise<void> {
  const s3 = s3Of(environment)
  const Key = `elife-${id}-vor-r${revision}.zip`
  const Body = await zip({ [`elife-${id}.xml`]: articleXml(id, `<body><p>${text}</p></body>`) })
  const put = new PutObjectCommand({
    Bucket: 'local-continuum-production-final',
    Key,
    Body,
    Metadata: { publication: 'automatic' },
  })
  for (;;) {
    try {
      await s3.send(put)
      break
    } catch {
      // What an uploader does: it puts the package again.
      await pause(1_000)
    }
  }
  s3.destroy()
}

/** An article of which another revision is delivered: one of the last few, that may still be under way; or a new one. */
function nextArticle(delivered: ReadonlyMap<string, readonly string[]>): string {
  const recent = [...delivered.keys()].slice(-3)
  const again = random(4) === 0 ? recent[random(recent.length || 1)] : undefined
  return again ?? String(93_001 + delivered.size)
}

await using environment = await newEnvironment()
const run = environment.start(...(values.together ? [] : ['--separate']))
await run.line((line) => line.includes('Ctrl-C stops'))
const began = performance.now()
const over = new AbortController()
const disturbing = disturb(environment, over.signal)
const articles = new Map<string, string[]>()
for (let number = 1; number <= deliveries; number++) {
  const id = nextArticle(articles)
  const texts = articles.get(id) ?? []
  const text = `This is delivery ${String(number).padStart(4, '0')}.`
  articles.set(id, [...texts, text])
  await deliver(environment, id, texts.length + 1, text)
  if (random(10) === 0) {
    counts.repeated++
    await deliver(environment, id, texts.length + 1, text)
  }
  await pause(random(1_000))
}
over.abort()
await disturbing
const delivered = Math.round((performance.now() - began) / 1_000)
// On a busy machine it takes its time: it is stuck when nothing has become better for long.
const patience = 600_000
let problems = ['not looked at yet']
let best = { problems: Number.POSITIVE_INFINITY, at: performance.now() }
while (problems.length > 0 && performance.now() - best.at < patience) {
  await pause(5_000)
  problems = await problemsOf(environment, articles).catch((error: unknown) => [String(error)])
  if (problems.length < best.problems) best = { problems: problems.length, at: performance.now() }
}
const { kills, repeated } = counts
const total = [...outages.values()].reduce((sum, count) => sum + count, 0)
console.log(
  `hard: ${deliveries} deliveries of ${articles.size} articles in ${delivered} s (${repeated} of them twice), ${kills} kills, ${total} outages of ${outageSeconds} s ` +
    `(${[...outages].map(([name, count]) => `${name}: ${count}`).join(', ')}); ` +
    `all published once and in order after ${Math.round((performance.now() - began) / 1_000)} s: ${problems.length === 0}`,
)
for (const problem of problems.slice(0, 20)) console.log(`  ${problem}`)
process.exitCode = problems.length === 0 ? 0 : 1
