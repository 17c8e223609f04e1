import { describeArticle, parseArticleXml, toArticleJson, versionedFileName } from '@continuum/article'
import { elife } from '../elife.ts'
import { median, type Budgets } from '../constant/budgets.ts'
import { largeJats } from './jats.ts'

/**
 * Converts a large JATS article to article JSON again and again: the bytes are parsed, described, converted and written as JSON.
 *
 * @param options.strict false: only the processor time is held to the budget, not the time that passes
 */
export async function convertLarge(options: { count: number; strict: boolean }, budgets: Budgets): Promise<void> {
  const xml = await largeJats()
  const sizes = sizesOf(xml)
  const times: number[] = []
  const used: number[] = []
  for (let n = 0; n < options.count; n++) {
    const [began, before] = [performance.now(), process.threadCpuUsage()]
    const { article } = toArticleJson(parseArticleXml(xml), {
      journal: elife,
      version: 1,
      cdnUrl: 'https://cdn.example.org',
      sizes,
      files: [],
    })
    JSON.stringify(article)
    times.push(performance.now() - began)
    const { user, system } = process.threadCpuUsage(before)
    used.push((user + system) / 1000)
  }
  const warm = Math.floor(options.count / 3)
  const [ms, own] = [median(times.slice(warm)), median(used.slice(warm))]
  const size = `${(xml.byteLength / 1000).toFixed(0)} KB`
  const strict = options.strict
  console.log(
    `JATS to JSON of ${size}: median ${ms.toFixed(1)} ms ${budgets.keep(ms, { max: 50, strict })}; the first ${times[0]?.toFixed(0)} ms`,
  )
  console.log(`  processor time: ${own.toFixed(1)} ms ${budgets.keep(own, { max: 50 })}`)
}

/** A size for every image that an article names, as if it were there. */
function sizesOf(xml: Uint8Array): Record<string, { width: number; height: number }> {
  const { assets } = describeArticle(parseArticleXml(xml), elife)
  const images = assets.filter(({ use }) => use === 'figure' || use === 'inline')
  const named = images.map(({ href }) => versionedFileName(/\.tiff?$/.test(href) ? href : `${href}.tif`, 1))
  return Object.fromEntries(named.map((name) => [name, { width: 800, height: 600 }]))
}
