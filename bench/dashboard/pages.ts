import { median, type Budgets } from '../constant/budgets.ts'
import { authorization, type Dashboard, type System } from './system.ts'

/** The pages, with the number of rows that each must have at both sizes. */
const pages: readonly (readonly [name: string, path: string, rows: number])[] = [
  ['the list', '/current', 210],
  ['the list of what is ready', '/current?section=uir', 100],
  ['a filter: journal', '/current?journal=elife&sort=since', 100],
  ['a filter: subject of few', '/current?subject=Rare+Subject', 60],
  ['a filter: cause of few', '/current?section=error&cause=Check+Package%3A+cause+of+few', 10],
  ['a filter: assigned to somebody', '/current?assignee=operator', 23],
  ['filters together', '/current?journal=elife&status=VOR&type=Research+Article&findings=no&sort=-arrived', 100],
  ['sorted by title', '/current?sort=title', 100],
  ['a search: an author of few', '/current?q=rareauthor', 60],
  ['a search: two words', '/current?q=rareauth+benchm', 55],
  ['a search: a word of all', '/current?q=bench&sort=since', 120],
  ['the archive', '/archive', 100],
  ['the archive: a filter', '/archive?subject=Rare+Subject', 40],
  ['the archive: a search', '/archive?q=rareauthor', 40],
  ['one article', '/article/x00002', 0],
  ['one article, by the API', '/api/article/x00002', 0],
]

/** Asks for each page at both sizes, in turns, and compares the medians. */
export async function comparePages({ few, many }: System, rounds: number, budgets: Budgets): Promise<void> {
  for (const [name, path, rows] of pages) {
    const taken = { few: [] as number[], many: [] as number[] }
    for (let round = -3; round < rounds; round++) {
      // Who is asked first changes with each round.
      for (const which of round % 2 === 0 ? (['few', 'many'] as const) : (['many', 'few'] as const)) {
        const took = await ask({ few, many }[which], path, rows)
        if (round >= 0) taken[which].push(took)
      }
    }
    const [ofFew, ofMany] = [median(taken.few), median(taken.many)]
    const line = `${name.padEnd(36)} ${ofMany.toFixed(1).padStart(6)} ms at ${many.articles}, ${ofFew.toFixed(1).padStart(6)} ms at ${few.articles}`
    console.log(`${line}, ratio ${(ofMany / ofFew).toFixed(2)} ${budgets.keep(ofMany / ofFew, { max: 1.5 })}`)
  }
}

/** Returns the milliseconds that a page took; it must have as many rows as expected. */
async function ask({ url }: Dashboard, path: string, rows: number): Promise<number> {
  const began = performance.now()
  const answer = await fetch(`${url}${path}`, { headers: { authorization } })
  const body = await answer.text()
  const took = performance.now() - began
  const found = body.match(/<li id="(?:article|published)-/g)?.length ?? 0
  if (answer.status !== 200 || found !== rows)
    throw new Error(`${path} was answered with ${answer.status} and ${found} rows, not ${rows}`)
  return took
}
