/**
 * Kills the deposits service, its worker and its decider with it, in the middle of publications:
 *
 *     npm run soak -- --deposits                               # 200 publications, 25 kills
 *     npm run soak -- --deposits --deliveries 20 --kills 5     # in CI
 *     npm run soak -- --deposits --kills 0                     # how long it takes when nothing happens
 *
 * Each article is published twice, the second time while its first deposits are under way. Exits 1 where a deposit does not end as it must,
 * an author is written to twice, a DOI is deposited out of order, or a file recipient is left with half a file or an older version.
 */
import { setTimeout as pause } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { runningOf, signal } from '../disturbances.ts'
import { newEnvironment, type Environment } from '../environment.ts'
import { wrongArrivals } from './arrivals.ts'
import { wrongEnds, type Deposit } from './expected.ts'
import { publicationsOf, type Publication } from './publications.ts'
import { createPublisher, secretOf } from './publish.ts'

const { values } = parseArgs({
  options: {
    deposits: { type: 'boolean' },
    deliveries: { type: 'string', default: '200' },
    kills: { type: 'string' },
    seed: { type: 'string', default: '1' },
  },
})
const publications = publicationsOf(Number(values.deliveries))
const kills = Number(values.kills ?? Math.max(5, Math.round(publications.length / 8)))
/** Longer than a deposit ever waits between two tries here. */
const stillMilliseconds = 420_000
let state = Number(values.seed)
const random = (below: number): number => {
  state = (state * 48_271) % 2_147_483_647
  return state % below
}

interface Counts {
  readonly recipients: readonly { readonly name: string; readonly counts: Readonly<Record<string, number>> }[]
}

/** Asks the deposits service; undefined while it does not answer. */
async function ask<Answer>(environment: Environment, path: string): Promise<Answer | undefined> {
  const url = runningOf(environment).find(({ name }) => name === 'deposits')?.url
  const headers = { authorization: `Bearer ${secretOf(environment, 'deposits-token')}` }
  try {
    const answer = await fetch(`${url}/api${path}`, { headers, signal: AbortSignal.timeout(10_000) })
    return answer.ok ? JSON.parse(await answer.text()) : undefined
  } catch {
    return undefined
  }
}

async function allDeposits(environment: Environment): Promise<Deposit[] | undefined> {
  const all: Deposit[] = []
  for (;;) {
    const page = await ask<{ deposits: Deposit[]; more: boolean }>(
      environment,
      `/deposits?limit=1000&offset=${all.length}`,
    )
    if (!page) return undefined
    all.push(...page.deposits)
    if (!page.more) return all
  }
}

const sum = (numbers: Iterable<number>) => [...numbers].reduce((one, other) => one + other, 0)
const inState = ({ recipients }: Counts, ...states: string[]) =>
  sum(recipients.flatMap(({ counts }) => states.map((each) => counts[each] ?? 0)))

/** Kills the service again and again, each time while something is being sent, until it was killed often enough. */
async function killOften(environment: Environment): Promise<number> {
  let killed = 0
  while (killed < kills) {
    await pause(200 + random(1_500))
    const counts = await ask<Counts>(environment, '/recipients')
    if (!counts || inState(counts, 'sending') === 0) continue
    const service = runningOf(environment).find(({ name }) => name === 'deposits')
    if (service && signal(service.pid, 'SIGKILL')) killed++
  }
  return killed
}

/** Waits until every publication is planned and nothing is under way, or nothing has changed for too long. Returns the deposits then. */
async function untilEnded(environment: Environment): Promise<Deposit[] | undefined> {
  let last = ''
  let changed = performance.now()
  while (performance.now() - changed < stillMilliseconds) {
    await pause(1_000)
    const counts = await ask<Counts>(environment, '/recipients')
    const now = counts ? JSON.stringify(counts.recipients.map((each) => each.counts)) : last
    if (now !== last) [last, changed] = [now, performance.now()]
    const asked = counts?.recipients.find(({ name }) => name === 'crossref')?.counts['sent'] ?? 0
    if (!counts || inState(counts, 'planned', 'waiting', 'sending') + asked > 0) continue
    const deposits = await allDeposits(environment)
    if (deposits && publications.every((each) => deposits.some((deposit) => isOf(deposit, each)))) return deposits
  }
  return allDeposits(environment)
}

const isOf = (deposit: Deposit, { articleId, version }: Publication) =>
  deposit.articleId === articleId && deposit.version === version

await using environment = await newEnvironment({ DEPOSITS_WITH_SCHEDULED: 'true' })
// In a process of its own, so that it alone is killed.
const run = environment.start('--separate')
await run.line((line) => line.includes('Ctrl-C stops'))
const publish = await createPublisher(environment)
const began = performance.now()
const seconds = () => Math.round((performance.now() - began) / 1_000)
const killing = killOften(environment)
for (const publication of publications) {
  await publish(publication)
  if (kills > 0) await pause(random(400))
}
const published = seconds()
const killed = await killing
const deposits = (await untilEnded(environment)) ?? []
const took = seconds()
const { recipients } = (await ask<Counts>(environment, '/recipients')) ?? { recipients: [] }
const names = recipients.map(({ name }) => name)
const standIns = runningOf(environment).find(({ name }) => name === 'stand-ins')?.url ?? ''
const problems = [
  ...publications.flatMap((each) =>
    wrongEnds(
      each,
      deposits.filter((deposit) => isOf(deposit, each)),
      names,
    ),
  ),
  ...(await wrongArrivals(standIns, deposits)),
]
const sent = deposits.filter(({ state: its }) => its !== 'not-for-this-recipient').length
const doubtful = deposits.filter(({ state: its }) => its === 'uncertain').length
// Each kill interrupts at most what two recipients that must not get anything twice were being sent.
if (doubtful > killed * 4) problems.push(`${doubtful} deposits are uncertain after ${killed} kills`)
console.log(
  `deposits: ${publications.length} publications in ${published} s, ${killed} kills; ${sent} deposits for ${names.length} recipients ` +
    `ended after ${took} s (${(sent / Math.max(1, took)).toFixed(1)} a second), ${doubtful} of them uncertain; each as it must, no author written to twice, ` +
    `no DOI out of order: ${problems.length === 0}`,
)
for (const problem of problems.slice(0, 30)) console.log(`  ${problem}`)
process.exitCode = problems.length === 0 ? 0 : 1
