/**
 * Tries the whole system hard: deliveries one after the other, some of them put twice, while processes are killed and the
 * dependencies hang at random; `npm run soak -- --hard` (300 deliveries), `--deliveries 20 --outage-seconds 5` for CI. Exits 1 when
 * an article is lost, doubled or half-published, or its state on the dashboard is not "published" at the end, without a hand.
 */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { PutObjectCommand } from '@aws-sdk/client-s3'
import { newEnvironment, type Environment } from './environment.ts'
import { keysOf, publishedVersions, s3Of } from './inspect.ts'
import { articleXml, zip } from './small-package.ts'

const { values } = parseArgs({
  options: {
    hard: { type: 'boolean' },
    deliveries: { type: 'string', default: '300' },
    seed: { type: 'string', default: '1' },
    'outage-seconds': { type: 'string', default: '60' },
  },
})
const deliveries = Number(values.deliveries)
const outageSeconds = Number(values['outage-seconds'])
let state = Number(values.seed)
const random = (below: number): number => {
  state = (state * 48_271) % 2_147_483_647
  return state % below
}

interface Process {
  readonly name: string
  readonly pid?: number
}
const processesOf = ({ data }: Environment): readonly Process[] =>
  JSON.parse(readFileSync(join(data, 'processes.json'), 'utf8')).processes

const counts = { kills: 0, outages: 0, repeated: 0 }

/** Kills any process, or stops a dependency for a while, until the signal. */
async function disturb(environment: Environment, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    await pause(500 + random(3_000))
    const running = processesOf(environment).filter(({ pid }) => pid !== undefined)
    const one = running[random(running.length)]
    if (one?.pid === undefined) continue
    const hangs = random(12) === 0 && ['aws-local', 'lax', 'journal', 'dashboard'].includes(one.name)
    try {
      process.kill(one.pid, hangs ? 'SIGSTOP' : 'SIGKILL')
      if (hangs) {
        counts.outages++
        await pause(outageSeconds * 1_000)
        process.kill(one.pid, 'SIGCONT')
      } else counts.kills++
    } catch {
      // It has ended in the meantime.
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
  if (places.code !== 0) problems.push(...places.stdout.split('\n').slice(0, 5))
  return problems
}

await using environment = await newEnvironment()
const run = environment.start()
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
const deadline = performance.now() + Math.max(180, deliveries * 3) * 1_000
let problems = ['not looked at yet']
while (problems.length > 0 && performance.now() < deadline) {
  await pause(5_000)
  problems = await problemsOf(environment, ids).catch((error: unknown) => [String(error)])
}
const { kills, outages, repeated } = counts
console.log(
  `hard: ${deliveries} deliveries in ${delivered} s (${repeated} of them twice), ${kills} kills, ${outages} outages of ${outageSeconds} s; ` +
    `all published once after ${Math.round((performance.now() - began) / 1_000)} s: ${problems.length === 0}`,
)
for (const problem of problems.slice(0, 20)) console.log(`  ${problem}`)
process.exitCode = problems.length === 0 ? 0 : 1
