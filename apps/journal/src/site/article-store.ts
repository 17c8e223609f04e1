import { readAnswer, request } from '@continuum/service'
import { Type, type Static, type TSchema } from 'typebox'
import { Article, History, Related } from '../article/article.ts'
import { resultsPerPage, type SearchChoice, type SearchResults } from '../pages/search-page.ts'

/** Thrown when the article store is unavailable or its answer is not understood. A later request may succeed. */
export class ArticleStoreError extends Error {
  override readonly name = 'ArticleStoreError'
}

/** The versions that a reader may see: published ones, or previews too. */
export type Visibility = 'published' | 'everything'

/** An article, and the run that ingested it, which the store tells only with the token. */
export interface StoredArticle {
  article: Article
  run?: string
}

/** The article store's public API, as the site uses it. Each request returns undefined for an unknown article. */
export interface ArticleStore {
  version: (visibility: Visibility, id: string, version: number) => Promise<StoredArticle | undefined>
  history: (visibility: Visibility, id: string) => Promise<History | undefined>
  related: (visibility: Visibility, id: string) => Promise<Related | undefined>
  /** Returns undefined past the last page. */
  search: (choice: SearchChoice) => Promise<SearchResults | undefined>
  check: () => Promise<void>
}

const Results = Type.Object({
  total: Type.Integer(),
  items: Type.Array(
    Type.Object({
      id: Type.String(),
      title: Type.String(),
      type: Type.String(),
      authorLine: Type.Optional(Type.String()),
      statusDate: Type.Optional(Type.String()),
      impactStatement: Type.Optional(Type.String()),
    }),
  ),
  subjects: Type.Array(Type.Object({ id: Type.String(), name: Type.String(), results: Type.Integer() })),
  types: Type.Record(Type.String(), Type.Integer()),
})

/** A reader's page takes at most a second, also while the store hangs; an editor waits longer for a preview. */
const timeoutMilliseconds = { published: 800, everything: 5_000 }

/** @param options.token the credential for what is not published */
export function createArticleStore(options: { url: string; token: string }): ArticleStore {
  const get = async <Schema extends TSchema>(
    schema: Schema,
    visibility: Visibility,
    path: string,
  ): Promise<{ value: Static<Schema>; run: string | null } | undefined> => {
    const url = `${options.url}${path}`
    const headers: Record<string, string> =
      visibility === 'everything' ? { authorization: `Bearer ${options.token}` } : {}
    const answer = await request({
      service: 'the article store',
      url,
      headers,
      timeoutMilliseconds: timeoutMilliseconds[visibility],
    }).catch((cause: unknown) => {
      throw new ArticleStoreError(String(cause), { cause })
    })
    if (answer.status === 404 || answer.status === 410) return undefined
    if (answer.status !== 200) throw new ArticleStoreError(`${url} answered ${answer.status}`)
    const value = readAnswer(schema, answer)
    if (value === undefined)
      throw new ArticleStoreError(`${url} gave an unexpected answer: ${answer.text.slice(0, 200)}`)
    return { value, run: answer.headers.get('x-continuum-run') }
  }
  return {
    version: async (visibility, id, version) => {
      const answer = await get(Article, visibility, `/api/v2/articles/${id}/versions/${version}`)
      return answer && { article: answer.value, ...(answer.run !== null && { run: answer.run }) }
    },
    history: async (visibility, id) => (await get(History, visibility, `/api/v2/articles/${id}/versions`))?.value,
    related: async (visibility, id) => (await get(Related, visibility, `/api/v2/articles/${id}/related`))?.value,
    search: async ({ words, subjects, types, page }) => {
      const query = new URLSearchParams({ for: words, page: `${page}`, 'per-page': `${resultsPerPage}` })
      for (const subject of subjects) query.append('subject[]', subject)
      for (const type of types) query.append('type[]', type)
      return (await get(Results, 'published', `/api/v2/search?${query.toString()}`))?.value
    },
    check: async () => {
      await get(Type.Object({ total: Type.Integer() }), 'published', '/api/v2/articles?per-page=1')
    },
  }
}

/** A store that knows nothing, for pages made without one. */
export const emptyStore: ArticleStore = {
  version: async () => undefined,
  history: async () => undefined,
  related: async () => undefined,
  search: async () => undefined,
  check: async () => undefined,
}
