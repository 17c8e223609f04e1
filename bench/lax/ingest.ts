import { largeArticle, type ArticleJson } from './articles.ts'
import { median, type Budgets } from '../constant/budgets.ts'
import { processorTime } from '../constant/cost.ts'
import type { Server } from '../services.ts'
import { authorization, type System } from './system.ts'

/** Puts article JSON as version 1, and tells in how many milliseconds it was answered. */
export async function put({ url }: Server, article: ArticleJson, query = '?publish=true'): Promise<number> {
  const path = `/api/v2/articles/${String(article['id'])}/versions/1${query}`
  const body = JSON.stringify({ article, run: `run-${Math.random()}` })
  const headers = { authorization, 'content-type': 'application/json' }
  const began = performance.now()
  const answer = await fetch(url + path, { method: 'PUT', headers, body })
  const text = await answer.text()
  if (answer.status !== 200) throw new Error(`${path}: ${answer.status} ${text}`)
  return performance.now() - began
}

/**
 * Ingests a large article again and again with another title, so that each is checked and stored.
 *
 * @param options.strict false: only lax's own processor time is held to the budget, not the time that passes
 */
export async function ingestLarge({ lax }: System, options: { count: number; strict: boolean }, budgets: Budgets) {
  const { count, strict } = options
  const article = largeArticle()
  const size = (JSON.stringify(article).length / 1000).toFixed(0)
  for (let n = 0; n < 10; n++) await put(lax, { ...article, title: `First title ${n}` }, '')
  const times: number[] = []
  const before = processorTime(lax)
  for (let n = 0; n < count; n++) times.push(await put(lax, { ...article, title: `Title ${n}` }, ''))
  const used = processorTime(lax)
  const ms = median(times)
  console.log(
    `ingest of ${size} KB with validation: median ${ms.toFixed(1)} ms ${budgets.keep(ms, { max: 15, strict })}`,
  )
  if (used === undefined || before === undefined) return
  const own = (used - before) / count
  console.log(`  of which processor time of lax: ${own.toFixed(1)} ms ${budgets.keep(own, { max: 15 })}`)
}
