import type { Article } from '../article/article.ts'
import type { ArticleStore } from '../site/article-store.ts'
import { journalOf } from '../sections/citation.ts'
import { previewedFiles, publishedFiles } from '../article/file-addresses.ts'
import { publicationDateOf, type Edition } from '../editions/edition.ts'
import type { PublishedVersion } from '../editions/edition-store.ts'
import { findRecord } from '../editions/record-store.ts'
import { articleOfEif } from './eif-article.ts'
import { versionPath, type ArticleView } from '../pages/article-view.ts'
import { asRetracted } from '../pages/retraction-notice.ts'
import type { Site } from '../site/site.ts'

/** Collects everything that the page of an edition shows. */
export async function viewOf(
  site: Site,
  edition: Edition,
  versions: readonly PublishedVersion[],
  previewUntil: Temporal.Instant | undefined,
): Promise<ArticleView> {
  const { sql, articleStore, cdnUrl, journals } = site
  const { 'article-id': id, version, doi } = edition.eif
  const visibility = previewUntil ? 'everything' : 'published'
  const [article, record, history, related] = await Promise.all([
    textOf(articleStore, edition),
    findRecord(sql, id),
    articleStore.history(visibility, id),
    articleStore.related(visibility, id),
  ])
  const path = versionPath({ id, version })
  return {
    article: asRetracted(article ?? articleOfEif(edition), record?.retraction),
    journal: journalOf(journals, { id, doi }) ?? { name: '', publisher: '', issn: undefined },
    dates: edition.dates,
    publicationDate: publicationDateOf(edition),
    versions,
    history,
    related: related ?? [],
    files: previewUntil ? previewedFiles(cdnUrl, path) : publishedFiles(cdnUrl),
    previewUntil,
  }
}

/**
 * Finds the text of an edition. Readers get what the article store has published; in the moment between the publication
 * here and there, they get its preview of the same version, if the same run ingested it.
 */
async function textOf(articleStore: ArticleStore, { stage, eif, run }: Edition): Promise<Article | undefined> {
  const { 'article-id': id, version } = eif
  if (stage === 'preview') return (await articleStore.version('everything', id, version))?.article
  const published = await articleStore.version('published', id, version)
  if (published) return published.article
  const preview = await articleStore.version('everything', id, version)
  return preview && (!run || !preview.run || preview.run === run) ? preview.article : undefined
}
