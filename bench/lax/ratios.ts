import type { Budgets } from '../constant/budgets.ts'
import { compareWithConstant } from '../constant/compare.ts'
import type { Target } from '../constant/load.ts'
import { authorization, type System } from './system.ts'

/** Prints a line for each address of the article API: what a request of it costs lax, and what a constant of the same size costs. */
export async function compareWithConstants(
  { lax, constant }: System,
  requests: number,
  budgets: Budgets,
): Promise<void> {
  const url = (path: string) => `${lax.url}/api/v2/articles${path}`
  const compare = async (name: string, target: Target, status: number, fixed: Target, min: number) => {
    const { line, share } = await compareWithConstant(name, { server: lax, target, constant, fixed, status }, requests)
    console.log(`${line} ${budgets.keep(share, { min })}`)
  }
  const compareOk = async (name: string, path: string, min: number, headers: Record<string, string> = {}) => {
    const size = (await (await fetch(url(path), { headers })).arrayBuffer()).byteLength
    const fixed = { url: `${constant.url}/constant/${size}` }
    await compare(`${name} (${(size / 1000).toFixed(1)} KB)`, { url: url(path), headers }, 200, fixed, min)
  }
  await compareOk('article, PoA', '/00001', 0.5)
  await compareOk('article, VoR', '/00002', 0.5)
  const known = { 'if-none-match': (await fetch(url('/00002'))).headers.get('etag') ?? '' }
  const same = { url: `${constant.url}/constant/1`, headers: known }
  await compare('not modified', { url: url('/00002'), headers: known }, 304, same, 0.5)
  await compare('not found', { url: url('/99999') }, 404, { url: `${constant.url}/constant/404` }, 0.5)
  await compareOk('list of 20', '?per-page=20', 0.3)
  await compareOk('versions', '/00002/versions', 0.3)
  await compareOk('related', '/00001/related', 0.3)
  await compareOk('article, VoR, with the token', '/00002', 0.3, { authorization })
  await compareOk('list of 20, with the token', '?per-page=20', 0.3, { authorization })
}
