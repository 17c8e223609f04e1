import { text } from 'node:stream/consumers'
import type { ArticleRecord } from '../editions/record-store.ts'
import { dublinCore } from '../indexing/dublin-core.ts'
import { embeddedJats } from '../indexing/jats.ts'
import type { Xml } from '../indexing/xml.ts'
import { recordFacts } from './record-facts.ts'
import type { Site } from '../site/site.ts'

/** The metadata formats of OAI-PMH here. */
export type Format = 'oai_dc' | 'jats'

export function isFormat(prefix: string): prefix is Format {
  return prefix === 'oai_dc' || prefix === 'jats'
}

/** Returns the metadata of a public record; undefined where it has none of this format. */
export async function metadataOf(site: Site, record: ArticleRecord, format: Format): Promise<Xml | undefined> {
  if (format === 'jats') return jatsOf(site, record)
  const facts = await recordFacts(site, record)
  return facts && dublinCore(facts)
}

/** The XML as readers load it, from behind the CDN. */
async function jatsOf(site: Site, { article: id, version }: ArticleRecord): Promise<Xml | undefined> {
  const { articleStore, publishedFiles, cdnUrl } = site
  const stored = version === undefined ? undefined : await articleStore.version('published', id, version)
  const uri = stored?.article.xml
  if (typeof uri !== 'string' || !uri.startsWith(`${cdnUrl}/`)) return undefined
  const file = await publishedFiles.find(decodeURI(uri.slice(cdnUrl.length + 1)))
  return file && embeddedJats(await text(file.content), uri.slice(0, uri.lastIndexOf('/') + 1))
}
