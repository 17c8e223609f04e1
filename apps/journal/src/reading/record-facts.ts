import { findEditions } from '../editions/edition-store.ts'
import type { ArticleRecord } from '../editions/record-store.ts'
import { factsOf, type ArticleFacts } from '../indexing/facts.ts'
import { asRetracted } from '../pages/retraction-notice.ts'
import { journalOf } from '../sections/citation.ts'
import { articleOfEif } from './eif-article.ts'
import type { Site } from '../site/site.ts'

/** Collects the facts of a public article; undefined where it has been withdrawn meanwhile. */
export async function recordFacts(site: Site, record: ArticleRecord): Promise<ArticleFacts | undefined> {
  const { sql, articleStore, journals, siteUrl, cdnUrl } = site
  const { article: id, version } = record
  if (version === undefined) return undefined
  const [{ published }, stored] = await Promise.all([
    findEditions(sql, { article: id, version }),
    articleStore.version('published', id, version),
  ])
  if (!published) return undefined
  const article = asRetracted(stored?.article ?? articleOfEif(published), record.retraction)
  const journal = journalOf(journals, { id, doi: published.eif.doi }) ?? { name: '', publisher: '', issn: undefined }
  const has = (uri: unknown) => typeof uri === 'string' && uri.startsWith(`${cdnUrl}/`)
  return factsOf(article, { journal, record, siteUrl, has })
}
