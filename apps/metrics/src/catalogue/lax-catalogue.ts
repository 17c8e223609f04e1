import { readAnswer, request } from '@continuum/service'
import { Type, type Static, type TSchema } from 'typebox'
import { createMemory } from './memory.ts'
import type { ArticleVersions, Catalogue, CatalogueArticle } from './catalogue.ts'

/** Thrown when the article store is unavailable or its answer is not understood. A later request may succeed. */
export class CatalogueError extends Error {
  override readonly name = 'CatalogueError'
  readonly retry = true
}

const Snippet = Type.Object({
  id: Type.String(),
  doi: Type.String(),
  title: Type.String(),
  status: Type.String(),
  published: Type.Optional(Type.String()),
  authorLine: Type.Optional(Type.String()),
})
const List = Type.Object({ total: Type.Integer(), items: Type.Array(Snippet) })
const History = Type.Object({
  versions: Type.Array(
    Type.Object({ status: Type.String(), version: Type.Optional(Type.Integer()), doi: Type.Optional(Type.String()) }),
  ),
})

const perPage = 100
const timeoutMilliseconds = 10_000
const articleSeconds = 60
const listSeconds = 300

/** Creates the catalogue of an article store: what is published there. Answers are remembered, one article for a minute and the list for five. */
export function createLaxCatalogue(url: string): Catalogue {
  const get = async <Schema extends TSchema>(schema: Schema, path: string): Promise<Static<Schema> | undefined> => {
    const address = `${url}${path}`
    const answer = await request({ service: 'the article store', url: address, timeoutMilliseconds }).catch(
      (cause: unknown) => {
        throw new CatalogueError(String(cause), { cause })
      },
    )
    if (answer.status === 404 || answer.status === 410) return undefined
    const value = answer.status === 200 ? readAnswer(schema, answer) : undefined
    if (value === undefined) throw new CatalogueError(`${address} gave an unexpected answer, status ${answer.status}`)
    return value
  }
  const versions = createMemory<ArticleVersions | undefined>(articleSeconds, async (id) => {
    const history = await get(History, `/api/v2/articles/${id}/versions`)
    if (!history) return undefined
    const found = history.versions.flatMap(({ version, status, doi }) =>
      version === undefined ? [] : [{ version, status, doi }],
    )
    const { doi } = found.at(-1) ?? {}
    return doi === undefined ? undefined : { doi, versions: found.map(({ version, status }) => ({ version, status })) }
  })
  const list = createMemory<CatalogueArticle[]>(listSeconds, async () => {
    const articles: CatalogueArticle[] = []
    for (let page = 1; ; page++) {
      const found = await get(List, `/api/v2/articles?order=asc&per-page=${perPage}&page=${page}`)
      articles.push(...(found?.items ?? []).map(articleOf))
      if (!found || page * perPage >= found.total) return articles
    }
  })
  return {
    find: versions,
    list: () => list('all'),
    check: async () => void (await get(List, '/api/v2/articles?per-page=1')),
  }
}

function articleOf({ id, doi, title, published, authorLine }: Static<typeof Snippet>): CatalogueArticle {
  return {
    id,
    doi,
    title: plainText(title),
    ...(published !== undefined && { published: published.slice(0, 10) }),
    ...(authorLine !== undefined && { authorLine: plainText(authorLine) }),
  }
}

function plainText(markup: string): string {
  return markup
    .replaceAll(/<[^>]+>/g, '')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&')
}
