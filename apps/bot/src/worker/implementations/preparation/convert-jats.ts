import { describeArticle, parseArticleXml, toArticleJson } from '@continuum/article'
import type { Implementation } from '@continuum/workflow-core'
import type { ArticleRun } from '../../../activities/article-run.ts'
import { convertJats } from '../../../activities/preparation.ts'
import { ObjectMissingFailure, readObject } from '../../files/objects.ts'
import { readSummary, storeArticle, type ArticleSummary } from '../../run/converted-article.ts'
import { journalOf } from '../../run/journal-of.ts'
import { articleXmlKey } from '../../run/keys.ts'
import { readManifest } from '../../run/manifest.ts'
import { implementStep } from '../../step/implement-step.ts'
import type { Tools } from '../../step/tools.ts'

/**
 * Tells the dashboard the properties by which editors know an article. EIF and article JSON were made when the package was
 * checked; they are made here for runs that an earlier version of the worker checked, which did not.
 */
export function implementConvertJats(tools: Tools): Implementation {
  const { s3, buckets, tellDashboard } = tools
  return implementStep(tellDashboard, convertJats, async (article, { signal, property }) => {
    const stored = await readSummary({ s3, buckets, article, signal })
    const summary = stored ?? (await convert(tools, article, signal))
    const { doi, title, titleJats, status, articleType, authors, correspondingAuthors } = summary
    const { publicationDate, kind, subjects } = summary
    property('doi', doi)
    property('title', titleJats)
    property('status', status)
    property('article-type', articleType)
    property('authors', authors)
    property('corresponding-authors', correspondingAuthors)
    if (publicationDate !== undefined) property('publication-date', publicationDate)
    if (kind !== undefined) property('article-kind', kind)
    if (subjects !== undefined) property('subjects', subjects)
    return { output: undefined, message: `This is "${title}" (${status}).` }
  })
}

async function convert(
  { s3, buckets, journals, cdnUrl }: Tools,
  article: ArticleRun,
  signal: AbortSignal,
): Promise<ArticleSummary> {
  const manifest = await readManifest(s3, buckets.expanded, article.folder, signal)
  const journal = journalOf(journals, article.journal)
  const key = articleXmlKey(journal, manifest)
  if (key === undefined)
    throw new ObjectMissingFailure('The run has no article XML. Put the package in the bucket again.')
  const xml = parseArticleXml(await readObject(s3, { bucket: buckets.expanded, key }, signal))
  const { version } = article
  const files = manifest.files.map(({ name }) => name)
  const sizes = Object.fromEntries(manifest.files.flatMap(({ name, image }) => (image ? [[name, image]] : [])))
  const description = describeArticle(xml, journal, { packagedAs: article.articleId, journals })
  const json = toArticleJson(xml, { journal, version, cdnUrl, sizes, files, description })
  return storeArticle({ s3, buckets, article, signal }, journal, { xml, description, json })
}
