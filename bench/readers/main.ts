/**
 * Measures what readers, crawlers and harvesters ask for on a journal of 10,000 articles against one of 1,000, in one run and in turns:
 *
 *     npm run bench:readers              # 40 requests of each address
 *     npm run bench:readers -- --short   # 12, for CI
 *
 * Prints a line for each address: the faster quarter's time on both, their ratio and the budget; then for the pages that most ask for what one
 * costs the site against a constant of the same bytes from the same Fastify. Exits 1 where a budget is exceeded; in the short form, which measures
 * too little to be exact, where it is exceeded twice over.
 */
import { parseArgs } from 'node:util'
import { addresses } from './addresses.ts'
import { createBudgets } from '../constant/budgets.ts'
import { compareWithConstant } from '../constant/compare.ts'
import { startJournals } from './system.ts'

const { values } = parseArgs({ options: { short: { type: 'boolean', default: false } } })
const rounds = values.short ? 12 : 40
const budget = 1.5
const slack = values.short ? 2 : 1

await using system = await startJournals([1_000, 10_000])
let exceeded = 0
for (const { name, url } of addresses) {
  const times = system.journals.map((): number[] => [])
  for (let round = 0; round < rounds; round++) {
    // In turns: other work of the machine meets both.
    for (const [index, journal] of system.journals.entries()) times[index]?.push(await timeOf(url(journal, round)))
  }
  const [small = 0, large = 0] = times.map(quarter)
  const ratio = large / small
  // A millisecond more or less is the machine, not the journal.
  const isKept = ratio <= budget * slack || large - small < 1
  if (!isKept) exceeded++
  console.log(
    `${name.padEnd(34)} ${small.toFixed(1).padStart(7)} ms at 1,000  ${large.toFixed(1).padStart(7)} ms at 10,000  ratio ${ratio.toFixed(2)} <= ${budget}${isKept ? '' : '  EXCEEDED'}`,
  )
}
const budgets = createBudgets(slack)
const [journal] = system.journals
for (const [name, path] of [
  ['article page', '/articles/00500'],
  ['home page', '/'],
  ['browse page', '/browse'],
] as const) {
  if (!journal) break
  const { constant } = system
  const url = journal.site + path
  const size = (await (await fetch(url)).arrayBuffer()).byteLength
  const fixed = { url: `${constant.url}/constant/${size}` }
  const pair = { server: journal.server, target: { url }, constant, fixed }
  const label = `${name} (${(size / 1000).toFixed(1)} KB)`
  const { line, share } = await compareWithConstant(label, pair, values.short ? 500 : 2_000)
  console.log(`${line} ${budgets.keep(share, { min: 0.3 })}`)
}
process.exitCode = exceeded + budgets.exceeded() > 0 ? 1 : 0

/** The milliseconds until an answer is read whole; one that gave up on a busy machine took for ever. @throws where it is none */
async function timeOf(url: string): Promise<number> {
  const began = performance.now()
  const answer = await fetch(url)
  const text = await answer.text()
  if (answer.status === 503) return Infinity
  if (answer.status !== 200) throw new Error(`${url}: ${answer.status} ${text.slice(0, 200)}`)
  return performance.now() - began
}

/** The time that a quarter of the requests keeps: what else the machine does makes others slower, and none faster. */
function quarter(times: readonly number[]): number {
  return times.toSorted((a, b) => a - b)[Math.floor(times.length / 4)] ?? Infinity
}
