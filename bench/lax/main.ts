/**
 * Measures the article store against constants of the same sizes, served by the same Fastify in the same run:
 *
 *     npm run bench:lax              # about four minutes
 *     npm run bench:lax -- --short   # less of everything, for CI
 *
 * Prints a line for each address: requests per second of 8 connections, the server's processor time a request, its ratio to the
 * constant's and the budget; p50 and p99 of an open-loop load at three rates; the list of 20,000 articles against that of 2,000, cached
 * and read from the database; the ingest of a large article with its validation; the conversion of a large JATS article. Exits 1 where a
 * budget is exceeded. The short form tells the same budgets and fails where one is exceeded by half; times that pass it only tells.
 */
import { parseArgs } from 'node:util'
import { poa, vor } from './articles.ts'
import { createBudgets } from '../constant/budgets.ts'
import { convertLarge } from './convert.ts'
import { compareSizes } from './growth.ts'
import { ingestLarge, put } from './ingest.ts'
import { loadAtRates } from './rates.ts'
import { compareWithConstants } from './ratios.ts'
import { fillTo, startSystem } from './system.ts'

const { values } = parseArgs({ options: { short: { type: 'boolean', default: false } } })
const { short } = values
const requests = short ? 500 : 2_000
const budgets = createBudgets(short ? 1.5 : 1)

await using system = await startSystem(short ? { few: 500, many: 5_000 } : { few: 2_000, many: 20_000 })
for (const store of [system.lax, system.small]) {
  await put(store, { ...poa('00001'), '-related-articles-internal': ['00002', '00003'] })
  await put(store, vor('00002'))
  await put(store, vor('00003'))
  await fillTo(store)
}
await compareWithConstants(system, requests, budgets)
await loadAtRates(system, [200, 500, 1000], short ? 1 : 5)
await compareSizes(system, requests, short ? 1.3 : 1.15, budgets)
await ingestLarge(system, { count: short ? 20 : 60, strict: !short }, budgets)
await convertLarge({ count: short ? 15 : 40, strict: !short }, budgets)
process.exitCode = budgets.exceeded() > 0 ? 1 : 0
