import { median, type Budgets } from '../constant/budgets.ts'
import { measureCost } from '../constant/cost.ts'
import type { Server } from '../services.ts'
import type { System } from './system.ts'

const rounds = 7

/**
 * Compares the list of a store of many articles with that of a store of a tenth of them, in turns: as it is cached, and as it is read
 * from the database.
 */
export async function compareSizes(
  { lax, small }: System,
  requests: number,
  max: number,
  budgets: Budgets,
): Promise<void> {
  const sizes = `${lax.articles} articles against ${small.articles}`
  const cached = await inTurns(small, lax, rounds, async (store) => {
    const target = { url: `${store.url}/api/v2/articles?per-page=20` }
    return (await measureCost(store, target, 200, requests)).cost
  })
  console.log(`list at ${sizes}, cached: ${text(cached)} ${budgets.keep(cached.ratio, { max })}`)
  const read = await inTurns(small, lax, 150, async (store, round) => {
    // Each time a page that nobody has asked for.
    const page = `per-page=${7 + (round % 3)}&page=${1 + Math.floor(round / 3)}`
    const began = performance.now()
    await (await fetch(`${store.url}/api/v2/articles?${page}`)).arrayBuffer()
    return performance.now() - began
  })
  console.log(`list at ${sizes}, read from the database: ${text(read)} ${budgets.keep(read.ratio, { max })}`)
}

async function inTurns(
  few: Server,
  many: Server,
  times: number,
  measure: (of: Server, round: number) => Promise<number>,
) {
  const taken = { few: [] as number[], many: [] as number[] }
  const warmUp = 2
  for (let round = 0; round < times + warmUp; round++) {
    // Who is asked first changes with each round.
    for (const one of round % 2 === 0 ? (['few', 'many'] as const) : (['many', 'few'] as const)) {
      const took = await measure(one === 'few' ? few : many, round)
      if (round >= warmUp) taken[one].push(took)
    }
  }
  const [ofFew, ofMany] = [median(taken.few), median(taken.many)]
  return { few: ofFew, many: ofMany, ratio: ofMany / ofFew }
}

function text({ few, many, ratio }: { few: number; many: number; ratio: number }): string {
  return `${many.toFixed(3)} ms against ${few.toFixed(3)} ms, ratio ${ratio.toFixed(2)}`
}
