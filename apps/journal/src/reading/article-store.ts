import { Type, type Static, type TSchema } from 'typebox'
import { Value } from 'typebox/value'
import { Article, History, Related } from '../article/article.ts'

/** Thrown when the article store does not answer, or not as it should. Asking again later may help. */
export class ArticleStoreError extends Error {
  override readonly name = 'ArticleStoreError'
}

/** Who looks: everybody, or somebody who may see what is not published. */
export type Visibility = 'published' | 'everything'

/** An article with the run that brought it, which only the credential shows. */
export interface StoredArticle {
  article: Article
  run?: string
}

/** The article store's public API, as the site uses it. Each answers undefined where it does not know the article. */
export interface ArticleStore {
  version: (visibility: Visibility, id: string, version: number) => Promise<StoredArticle | undefined>
  history: (visibility: Visibility, id: string) => Promise<History | undefined>
  related: (visibility: Visibility, id: string) => Promise<Related | undefined>
  check: () => Promise<void>
}

const patience = 10_000

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
    try {
      const answer = await fetch(url, { headers, signal: AbortSignal.timeout(patience) })
      if (answer.status === 404) return undefined
      if (!answer.ok) throw new ArticleStoreError(`${url} answered ${answer.status}`)
      return { value: Value.Parse(schema, await answer.json()), run: answer.headers.get('x-continuum-run') }
    } catch (error) {
      if (error instanceof ArticleStoreError) throw error
      throw new ArticleStoreError(`${url} could not be read`, { cause: error })
    }
  }
  return {
    version: async (visibility, id, version) => {
      const answer = await get(Article, visibility, `/api/v2/articles/${id}/versions/${version}`)
      return answer && { article: answer.value, ...(answer.run !== null && { run: answer.run }) }
    },
    history: async (visibility, id) => (await get(History, visibility, `/api/v2/articles/${id}/versions`))?.value,
    related: async (visibility, id) => (await get(Related, visibility, `/api/v2/articles/${id}/related`))?.value,
    check: async () => {
      await get(Type.Object({ total: Type.Integer() }), 'published', '/api/v2/articles?per-page=1')
    },
  }
}
