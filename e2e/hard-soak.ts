/**
 * Tries the whole system hard: deliveries one after the other, some of them put twice, while processes are killed at random, and the
 * dependencies hang, PostgreSQL too, the site answers oddly and the power is cut; `npm run soak -- --hard` (300 deliveries), `--deliveries 20 --outage-seconds 5` for CI. Each
 * service is a process of its own, which fails alone; with `--together` they share one as in `npm start`, and what needs the site alone to be gone is left out. Exits 1 when
 * an article is lost, doubled or half-published, or its state on the dashboard is not "published" at the end, without a hand.
 */
import { setTimeout as pause } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { PutObjectCommand } from '@aws-sdk/client-s3'
import { disturbances, oddSite, runningOf, signal } from './disturbances.ts'
import { newEnvironment, type Environment } from './environment.ts'
import { keysOf, publishedVersions, s3Of } from './inspect.ts'
import { articleXml, zip } from './small-package.ts'

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

/** Kills processes, and makes dependencies fail in every way, until the signal and until each way has had its turn. */
async function disturb(environment: Environment, signalled: AbortSignal): Promise<void> {
  const owed = faults.map((one) => ({ one, at: random(1_000) })).toSorted((left, right) => left.at - right.at)
  while (!signalled.aborted || owed.length > 0) {
    await pause(500 + random(3_000))
    if (random(owed.length > 0 ? 6 : 12) === 0 || signalled.aborted) {
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

async function deliver(environment: Environment, id: string): Promise<void> {
  const s3 = s3Of(environment)
  const Key = `elife-${id}-vor-r1.zip`
  const Body = await zip({ [`elife-${id}.xml`]: articleXml(id, '<body><p>Corrected.</p></body>') })
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

async function problemsOf(environment: Environment, ids: readonly string[]): Promise<string[]> {
  const { stdout } = await environment.command('status', '--json')
  const listed: { articles: { articleId: string; doing: string }[] | null } = JSON.parse(stdout || '{"articles":null}')
  if (listed.articles === null) return ['the dashboard does not answer']
  const archive = await keysOf(environment, 'publishing-archive')
  const problems = listed.articles
    .filter(({ articleId }) => ids.includes(articleId))
    .map(({ articleId, doing }) => `${articleId} is ${doing}`)
  for (const id of ids) {
    const versions = await publishedVersions(environment, id)
    if (versions.join() !== '1') problems.push(`${id} has the versions ${versions.join() || 'none'} in lax`)
    const archived = archive.filter((key) => key.startsWith(`elife-${id}-`))
    if (archived.length !== 1) problems.push(`${id} has ${archived.length} archives`)
  }
  const places = await environment.command('reconcile')
  if (places.code !== 0) problems.push(...`${places.stdout}${places.stderr}`.split('\n').slice(0, 5))
  return problems
}

await using environment = await newEnvironment()
const run = environment.start(...(values.together ? [] : ['--separate']))
await run.line((line) => line.includes('Ctrl-C stops'))
const began = performance.now()
const over = new AbortController()
const disturbing = disturb(environment, over.signal)
const ids = Array.from({ length: deliveries }, (_, at) => String(93_001 + at))
for (const id of ids) {
  await deliver(environment, id)
  if (random(10) === 0) {
    counts.repeated++
    await deliver(environment, id)
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
  problems = await problemsOf(environment, ids).catch((error: unknown) => [String(error)])
  if (problems.length < best.problems) best = { problems: problems.length, at: performance.now() }
}
const { kills, repeated } = counts
const total = [...outages.values()].reduce((sum, count) => sum + count, 0)
console.log(
  `hard: ${deliveries} deliveries in ${delivered} s (${repeated} of them twice), ${kills} kills, ${total} outages of ${outageSeconds} s ` +
    `(${[...outages].map(([name, count]) => `${name}: ${count}`).join(', ')}); ` +
    `all published once after ${Math.round((performance.now() - began) / 1_000)} s: ${problems.length === 0}`,
)
for (const problem of problems.slice(0, 20)) console.log(`  ${problem}`)
process.exitCode = problems.length === 0 ? 0 : 1
