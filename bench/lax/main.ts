/**
 * Measures the article store against constants of the same sizes, served by the same Fastify in the same run:
 *
 *     npm run bench:lax              # about three minutes
 *     npm run bench:lax -- --short   # less of everything, for CI
 *
 * Prints a line for each address: requests per second of 8 connections, the server's processor time a request, its ratio to the constant's and the budget; p50 and p99 of an
 * open-loop load at three rates; the list at 2,000 and at 20,000 articles, as it is kept and as it is read anew; the ingest of a
 * large article with its validation. Exits 1 where a budget is exceeded.
 */
import { parseArgs } from 'node:util'
import { largeArticle, poa, vor, type ArticleJson } from './articles.ts'
import { ask, latencies, type Target } from './load.ts'
import { fillTo, processorTime, startSystem, token, type Server, type System } from './system.ts'

const { values } = parseArgs({ options: { short: { type: 'boolean', default: false } } })
const rounds = 4
const requests = values.short ? 500 : 2_000
const [few, many] = values.short ? [500, 5_000] : [2_000, 20_000]
const authorization = `Bearer ${token}`
let exceeded = 0

await using system = await startSystem()
await load(system)
await compare(system)
await loadAtRates(system)
await growList(system)
await ingestLarge(system)
process.exitCode = exceeded > 0 ? 1 : 0

async function put({ lax }: System, article: ArticleJson, query = '?publish=true'): Promise<number> {
  const path = `/api/v2/articles/${String(article['id'])}/versions/1${query}`
  const began = performance.now()
  const answer = await fetch(lax.url + path, {
    method: 'PUT',
    headers: { authorization, 'content-type': 'application/json' },
    body: JSON.stringify({ article, run: `run-${Math.random()}` }),
  })
  const text = await answer.text()
  if (answer.status !== 200) throw new Error(`${path}: ${answer.status} ${text}`)
  return performance.now() - began
}

async function load(of: System): Promise<void> {
  await put(of, { ...poa('00001'), '-related-articles-internal': ['00002', '00003'] })
  await put(of, vor('00002'))
  await put(of, vor('00003'))
  await fillTo(of, many)
  await of.sql`delete from content where article like 'x%' and substr(article, 2)::int > ${few}`
  await of.sql`select pg_notify('lax_article_changed', 'x1')`
}

/**
 * Compares a figure with its budget. In the short form, which measures too little to be exact, only a figure that is off by more than
 * twice its budget is a failure.
 *
 * @param strict false for what passing time says, which on a busy machine is little: told, and no failure
 */
function budget(is: number, limit: number, lower: boolean, strict = true): string {
  const kept = lower ? is <= limit : is >= limit
  const slack = values.short ? 2 : 1
  const failed = lower ? is > limit * slack : is < limit / slack
  if (failed && strict) exceeded++
  return `${lower ? '<=' : '>='} ${limit}${kept ? '' : '  EXCEEDED'}`
}

interface Measured {
  perSecond: number
  /** Processor time of the server, in ms a request; without one of the system, the time that passed. */
  cost: number
}

async function measure(server: Server, target: Target, status: number, count = requests): Promise<Measured> {
  const before = processorTime(server)
  const took = await ask(target, status, count)
  const used = processorTime(server)
  const cost = used === undefined || before === undefined ? took : used - before
  return { perSecond: (count / took) * 1000, cost: cost / count }
}

/**
 * Compares a target with a constant by what a request costs the server, which other work of the machine leaves as it is; in
 * turns, so that what it does not leave meets both.
 */
async function ratio(
  name: string,
  [server, target]: [Server, Target],
  status: number,
  [constant, fixed]: [Server, Target],
  limit: number,
): Promise<void> {
  await measure(server, target, status)
  await measure(constant, fixed, status)
  const ours: Measured[] = []
  const bare: Measured[] = []
  for (let round = 0; round < rounds; round++) {
    ours.push(await measure(server, target, status))
    bare.push(await measure(constant, fixed, status))
  }
  const mean = (of: Measured[], key: keyof Measured) => of.reduce((sum, one) => sum + one[key], 0) / of.length
  const share = mean(bare, 'cost') / mean(ours, 'cost')
  const text = (of: Measured[]) => `${mean(of, 'perSecond').toFixed(0).padStart(6)}/s ${mean(of, 'cost').toFixed(3)} ms`
  console.log(
    `${name.padEnd(40)} ${text(ours)}  constant ${text(bare)}  ratio ${share.toFixed(2)} ${budget(share, limit, false)}`,
  )
}

async function compare({ lax, constant }: System): Promise<void> {
  const url = (path: string) => `${lax.url}/api/v2/articles${path}`
  const check = async (name: string, path: string, limit: number, headers: Record<string, string> = {}) => {
    const size = (await (await fetch(url(path), { headers })).arrayBuffer()).byteLength
    const label = `${name} (${(size / 1000).toFixed(1)} KB)`
    await ratio(
      label,
      [lax, { url: url(path), headers }],
      200,
      [constant, { url: `${constant.url}/constant/${size}` }],
      limit,
    )
  }
  await check('article, PoA', '/00001', 0.5)
  await check('article, VoR', '/00002', 0.5)
  const etag = (await fetch(url('/00002'))).headers.get('etag') ?? ''
  const known = { 'if-none-match': etag }
  const same = { url: `${constant.url}/constant/1`, headers: known }
  await ratio('not modified', [lax, { url: url('/00002'), headers: known }], 304, [constant, same], 0.5)
  const none = { url: `${constant.url}/constant/404` }
  await ratio('not found', [lax, { url: url('/99999') }], 404, [constant, none], 0.5)
  await check('list of 20', '?per-page=20', 0.3)
  await check('versions', '/00002/versions', 0.3)
  await check('related', '/00001/related', 0.3)
  await check('article, VoR, with the token', '/00002', 0.3, { authorization })
  await check('list of 20, with the token', '?per-page=20', 0.3, { authorization })
}

async function loadAtRates({ lax }: System): Promise<void> {
  const seconds = values.short ? 2 : 5
  for (const [name, path] of [
    ['article, PoA', '/00001'],
    ['article, VoR', '/00002'],
    ['list of 20', '?per-page=20'],
  ] as const) {
    for (const rate of values.short ? [200] : [200, 500, 1000]) {
      const { p50, p99, late } = await latencies({ url: `${lax.url}/api/v2/articles${path}` }, rate, seconds * 1000)
      const text = `${name.padEnd(14)} at ${String(rate).padStart(4)}/s  p50 ${p50.toFixed(1)} ms  p99 ${p99.toFixed(1)} ms`
      console.log(`${text}${late > 0 ? `  ${late} late` : ''}`)
    }
  }
}

/** The list where nothing is kept: each request asks for a page that nobody has asked for. */
async function readAnew({ lax }: System): Promise<number> {
  const times: number[] = []
  for (let page = 1; page <= 60; page++) {
    const began = performance.now()
    await (await fetch(`${lax.url}/api/v2/articles?per-page=7&page=${page}`)).arrayBuffer()
    times.push(performance.now() - began)
  }
  return median(times)
}

async function growList(of: System): Promise<void> {
  const target = { url: `${of.lax.url}/api/v2/articles?per-page=20` }
  const both = async () => {
    await measure(of.lax, target, 200)
    return { kept: (await measure(of.lax, target, 200)).cost, anew: await readAnew(of) }
  }
  const small = await both()
  await fillTo(of, many)
  const large = await both()
  const kept = large.kept / small.kept
  console.log(
    `list at ${many} articles against ${few}: ${large.kept.toFixed(3)} ms against ${small.kept.toFixed(3)} ms, ratio ${kept.toFixed(2)} ${budget(kept, 1.3, true)}`,
  )
  const anew = large.anew / small.anew
  console.log(
    `  read anew: ${large.anew.toFixed(2)} ms against ${small.anew.toFixed(2)} ms, ratio ${anew.toFixed(2)} ${budget(anew, 1.5, true, !values.short)}`,
  )
}

async function ingestLarge(of: System): Promise<void> {
  const article = largeArticle()
  const bytes = JSON.stringify(article).length
  const times: number[] = []
  const count = values.short ? 20 : 60
  const before = processorTime(of.lax) ?? 0
  for (let n = 0; n < count; n++) times.push(await put(of, { ...article, title: `Title ${n}` }, ''))
  const own = ((processorTime(of.lax) ?? 0) - before) / count
  const ms = median(times.slice(5))
  console.log(
    `ingest of ${(bytes / 1000).toFixed(0)} KB with validation: median ${ms.toFixed(1)} ms ${budget(ms, 15, true, !values.short)}; of which processor time of lax ${own.toFixed(1)} ms`,
  )
}

function median(times: readonly number[]): number {
  return times.toSorted((a, b) => a - b)[Math.floor(times.length / 2)] ?? 0
}
