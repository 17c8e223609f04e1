/**
 * Measures the article store against constants of the same sizes, served by the same Fastify in the same run:
 *
 *     npm run bench:lax              # about three minutes
 *     npm run bench:lax -- --short   # less of everything, for CI
 *
 * Prints a line for each address: requests per second of 8 connections, the ratio to the constant and its budget; p50 and p99 of an
 * open-loop load at three rates; the list at 2,000 and at 20,000 articles, as it is kept and as it is read anew; the ingest of a
 * large article with its validation. Exits 1 where a budget is exceeded.
 */
import { parseArgs } from 'node:util'
import { largeArticle, poa, vor, type ArticleJson } from './articles.ts'
import { latencies, throughput, type Target } from './load.ts'
import { fillTo, startSystem, token, type System } from './system.ts'

const { values } = parseArgs({ options: { short: { type: 'boolean', default: false } } })
const slice = values.short ? 400 : 1500
const rounds = values.short ? 2 : 3
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
  const answer = await fetch(lax + path, {
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

function budget(is: number, limit: number, lower: boolean): string {
  const kept = lower ? is <= limit : is >= limit
  if (!kept) exceeded++
  return `${lower ? '<=' : '>='} ${limit}${kept ? '' : '  EXCEEDED'}`
}

/** The ratio of two throughputs, measured in turns so that what else the machine does meets both. */
async function ratio(name: string, target: Target, status: number, constant: Target, limit: number): Promise<void> {
  const sums = { target: 0, constant: 0 }
  await throughput(target, status, 200)
  await throughput(constant, status, 200)
  for (let round = 0; round < rounds; round++) {
    sums.target += await throughput(target, status, slice)
    sums.constant += await throughput(constant, status, slice)
  }
  const [ours, bare] = [sums.target / rounds, sums.constant / rounds]
  const text = `${name.padEnd(34)} ${ours.toFixed(0).padStart(6)}/s  constant ${bare.toFixed(0).padStart(6)}/s`
  console.log(`${text}  ratio ${(ours / bare).toFixed(2)} ${budget(ours / bare, limit, false)}`)
}

async function compare({ lax, constant }: System): Promise<void> {
  const url = (path: string) => `${lax}/api/v2/articles${path}`
  const check = async (name: string, path: string, limit: number, headers: Record<string, string> = {}) => {
    const size = (await (await fetch(url(path), { headers })).arrayBuffer()).byteLength
    const label = `${name} (${(size / 1000).toFixed(1)} KB)`
    await ratio(label, { url: url(path), headers }, 200, { url: `${constant}/constant/${size}` }, limit)
  }
  await check('article, PoA', '/00001', 0.5)
  await check('article, VoR', '/00002', 0.5)
  const etag = (await fetch(url('/00002'))).headers.get('etag') ?? ''
  const known = { 'if-none-match': etag }
  await ratio(
    'not modified',
    { url: url('/00002'), headers: known },
    304,
    { url: `${constant}/constant/1`, headers: known },
    0.5,
  )
  await ratio('not found', { url: url('/99999') }, 404, { url: `${constant}/constant/404` }, 0.5)
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
      const { p50, p99, late } = await latencies({ url: `${lax}/api/v2/articles${path}` }, rate, seconds * 1000)
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
    await (await fetch(`${lax}/api/v2/articles?per-page=7&page=${page}`)).arrayBuffer()
    times.push(performance.now() - began)
  }
  return median(times)
}

async function growList(of: System): Promise<void> {
  const target = { url: `${of.lax}/api/v2/articles?per-page=20` }
  const measure = async () => ({ kept: await throughput(target, 200, slice), anew: await readAnew(of) })
  const small = await measure()
  await fillTo(of, many)
  const large = await measure()
  const kept = large.kept / small.kept
  console.log(
    `list at ${many} articles against ${few}: ${large.kept.toFixed(0)}/s against ${small.kept.toFixed(0)}/s, ratio ${kept.toFixed(2)} ${budget(kept, 0.8, false)}`,
  )
  const anew = large.anew / small.anew
  console.log(
    `  read anew: ${large.anew.toFixed(2)} ms against ${small.anew.toFixed(2)} ms, ratio ${anew.toFixed(2)} ${budget(anew, 1.5, true)}`,
  )
}

async function ingestLarge(of: System): Promise<void> {
  const article = largeArticle()
  const bytes = JSON.stringify(article).length
  const times: number[] = []
  for (let n = 0; n < (values.short ? 20 : 60); n++) times.push(await put(of, { ...article, title: `Title ${n}` }, ''))
  const ms = median(times.slice(5))
  console.log(
    `ingest of ${(bytes / 1000).toFixed(0)} KB with validation: median ${ms.toFixed(1)} ms ${budget(ms, 15, true)}`,
  )
}

function median(times: readonly number[]): number {
  return times.toSorted((a, b) => a - b)[Math.floor(times.length / 2)] ?? 0
}
