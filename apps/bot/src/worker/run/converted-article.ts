import type { S3Client } from '@aws-sdk/client-s3'
import { toEif, type ArticleDescription, type ArticleJson, type ArticleXml, type Journal } from '@continuum/article'
import { Type, type Static } from 'typebox'
import { importedDate, type ArticleRun } from '../../activities/article-run.ts'
import { ObjectMissingFailure, putBytes, readJson } from '../files/objects.ts'
import { articleJsonKey, eifKey } from './keys.ts'

/** The facts about a converted article that the dashboard shows. */
export type ArticleSummary = Static<typeof ArticleSummary>
export const ArticleSummary = Type.Object({
  doi: Type.String(),
  /** Plain text. */
  title: Type.String(),
  /** With the markup of the XML. */
  titleJats: Type.String(),
  status: Type.String(),
  articleType: Type.String(),
  authors: Type.String(),
  correspondingAuthors: Type.String(),
  publicationDate: Type.Optional(Type.String()),
  /** The kind of article in the journal's words: `Research Article`. */
  kind: Type.Optional(Type.String()),
  /** One per line. */
  subjects: Type.Optional(Type.String()),
})

interface Store {
  readonly s3: S3Client
  readonly buckets: { readonly eif: string; readonly expanded: string }
  readonly article: ArticleRun
  readonly signal: AbortSignal
}

/** Stores the EIF, the article JSON and the summary of a run's article. The summary is last, and says that all are there. */
export async function storeArticle(
  { s3, buckets, article, signal }: Store,
  journal: Journal,
  { xml, description, json }: { xml: ArticleXml; description: ArticleDescription; json: ArticleJson },
): Promise<ArticleSummary> {
  const { version, updated: update } = article
  const first = version === 1 ? importedDate(article) : undefined
  const eif = {
    ...toEif(xml, { journal, version, update, publish: false, description }),
    ...(first && { 'pub-date': first }),
  }
  const store = async (bucket: string, key: string, value: unknown) =>
    putBytes(s3, { bucket, key }, JSON.stringify(value), signal)
  await Promise.all([
    store(buckets.eif, eifKey(journal, article), eif),
    store(buckets.eif, articleJsonKey(journal, article), first === undefined ? json : publishedOn(json, first)),
  ])
  const summary: ArticleSummary = {
    doi: description.doi,
    title: description.title,
    titleJats: description.titleJats,
    status: eif.status,
    articleType: eif['article-type'],
    authors: description.authors.join(', '),
    correspondingAuthors: description.correspondingAuthors.join(', '),
    ...(eif['pub-date'] !== undefined && { publicationDate: eif['pub-date'] }),
    ...(description.categories.kind !== undefined && { kind: description.categories.kind }),
    subjects: [...new Set(description.categories.subjects)].join('\n'),
  }
  await store(buckets.expanded, summaryKey(article), summary)
  return summary
}

/** Article JSON whose first version was published at another time than its XML says. */
function publishedOn(json: ArticleJson, published: string): ArticleJson {
  return { ...json, article: { ...json.article, published } }
}

/** Reads the summary of an article that was stored when its package was checked; undefined of a run where it was not. */
export async function readSummary({ s3, buckets, article, signal }: Store): Promise<ArticleSummary | undefined> {
  try {
    return await readJson(s3, { bucket: buckets.expanded, key: summaryKey(article) }, ArticleSummary, signal)
  } catch (error) {
    if (error instanceof ObjectMissingFailure) return undefined
    throw error
  }
}

function summaryKey({ folder }: ArticleRun): string {
  return `${folder}/summary.json`
}
