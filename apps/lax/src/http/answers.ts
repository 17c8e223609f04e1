import type { Sql } from '@continuum/service'
import { contentOf, type Content } from '../store/content.ts'
import { arrayText, mergedText, objectText } from '../store/json-text.ts'
import {
  findArticle,
  findRelations,
  listArticles,
  listRelated,
  listVersions,
  type SnippetText,
  type Visibility,
} from '../store/read-store.ts'
import { findWithdrawal } from '../store/withdrawal.ts'
import type { Answer, Found } from './answer-cache.ts'
import { publicApiOf } from './fitting.ts'
import { historyText } from './history.ts'
import type { Paging } from './paging.ts'
import { relatedText } from './related.ts'

/** Reads something of an article; of one that is not found, whether it has been withdrawn. */
export async function orWithdrawn(sql: Sql, article: string, read: () => Promise<Found | undefined>): Promise<Answer> {
  const found = await read()
  if (found) return found
  const withdrawal = await findWithdrawal(sql, article)
  return withdrawal && { withdrawn: withdrawal.why }
}

/** Reads the newest visible version of an article, or the given one. */
export async function readArticle(
  sql: Sql,
  visibility: Visibility,
  article: string,
  version?: number,
): Promise<Found | undefined> {
  const found = await findArticle(sql, visibility, article, version)
  if (!found) return undefined
  const content = contentOf(mergedText(found.head, found.body))
  const fitting = found.publicApi ?? publicApiOf(content.bytes)
  return { kind: found.status, fitting, run: found.run, content: () => content, size: content.bytes.length }
}

/**
 * Reads a page of the list.
 *
 * @param publicOnly leave out articles that the public API's media types cannot say
 */
export async function readList(sql: Sql, visibility: Visibility, paging: Paging, publicOnly: boolean): Promise<Found> {
  const { total, items } = await listArticles(sql, visibility, paging, publicOnly)
  const snippets = items.map(({ head, snippet }) => mergedText(head, snippet))
  const content = contentOf(objectText({ total: `${total}`, items: arrayText(snippets) }))
  return { kind: 'list', ...fittingOf(items), content: () => content, size: content.bytes.length }
}

/** Reads the history of an article. */
export async function readHistory(sql: Sql, visibility: Visibility, article: string): Promise<Found | undefined> {
  const versions = await listVersions(sql, visibility, article)
  if (versions.length === 0) return undefined
  const size = versions.reduce((sum, { snippet, history }) => sum + snippet.length + history.length, 0)
  return {
    kind: 'history',
    ...fittingOf(versions),
    content: once((mediaType) => historyText(versions, mediaType)),
    size: size * 2,
  }
}

/**
 * Reads what is related to an article.
 *
 * @param publicOnly leave out articles that the public API's media types cannot say
 */
export async function readRelated(
  sql: Sql,
  visibility: Visibility,
  article: string,
  publicOnly: boolean,
): Promise<Found | undefined> {
  const [relations, all] = await Promise.all([
    findRelations(sql, visibility, article),
    listRelated(sql, visibility, article),
  ])
  if (!relations) return undefined
  const articles = publicOnly ? all.filter(isPublicApi) : all
  const content = once((mediaType) => relatedText(relations, articles, mediaType))
  return { kind: 'related', ...fittingOf(articles), content, size: content(2).bytes.length * 2 }
}

function isPublicApi({ publicApi }: SnippetText): boolean {
  return publicApi === null || publicApi.length > 0
}

function fittingOf(snippets: readonly SnippetText[]): { fitting?: readonly number[] } {
  return snippets.every(isPublicApi) ? {} : { fitting: [] }
}

/** Makes each version of a media type when it is asked for first. */
function once(make: (version: number) => string): (version: number) => Content {
  const made = new Map<number, Content>()
  return (version) => {
    const content = made.get(version) ?? contentOf(make(version))
    made.set(version, content)
    return content
  }
}
