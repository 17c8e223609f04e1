import { NoAnswerError, readAnswer, request } from '@continuum/service'
import { Type, type Static } from 'typebox'
import type { PublishedVersion } from '../rules/facts.ts'

/** Thrown when the article store does not answer, or not as it should. A later request may succeed: nothing is decided without it. */
export class LaxUnavailableError extends Error {
  override readonly name = 'LaxUnavailableError'
}

/** The article store, as far as deposits ask it. */
export interface Lax {
  /** Lists the public versions of an article, ascending; none where the article is unknown. */
  readonly versions: (articleId: string) => Promise<readonly PublishedVersion[]>
  /** Lists the types of the articles that are related to one: retraction, insight. */
  readonly relatedTypes: (articleId: string) => Promise<readonly string[]>
  /** Reads the retraction of an article; undefined where it is not retracted, or unknown. */
  readonly retraction: (articleId: string) => Promise<{ date: string; notice?: string } | undefined>
  /** Reads the article JSON of a version. */
  readonly article: (articleId: string, version: number) => Promise<ArticleJson>
}

/** Article JSON, as far as it is read here; documents read the rest. */
export type ArticleJson = Static<typeof ArticleJson>
export const ArticleJson = Type.Object({ type: Type.String(), title: Type.String() }, { additionalProperties: true })

const Versions = Type.Record(
  Type.String({ pattern: '^\\d+$' }),
  Type.Object({ version: Type.Integer(), status: Type.Enum(['poa', 'vor']), datetime_published: Type.String() }),
)
const Related = Type.Array(Type.Object({ type: Type.Optional(Type.String()) }))

const Retracted = Type.Object({
  retraction: Type.Optional(Type.Object({ date: Type.String(), notice: Type.Optional(Type.String()) })),
})

const timeoutMilliseconds = 30_000

/** Connects to the article store. */
export function connectLax({ url, token }: { url: string; token: string }): Lax {
  const headers = { authorization: `Bearer ${token}` }
  const ask = async (path: string) => {
    const answer = await request({ service: 'lax', url: `${url}${path}`, headers, timeoutMilliseconds }).catch(
      (error: unknown) => {
        throw error instanceof NoAnswerError ? new LaxUnavailableError(error.message, { cause: error }) : error
      },
    )
    // Withdrawn: nothing of it is public.
    const isThere = answer.status === 200
    if (isThere || answer.status === 404 || answer.status === 410) return { ...answer, isThere }
    throw new LaxUnavailableError(`lax answered ${answer.status} to ${path}: ${answer.text.slice(0, 200)}`)
  }
  const unexpected = (path: string) => new LaxUnavailableError(`lax sent an unexpected answer to ${path}`)
  return {
    versions: async (articleId) => {
      const path = `/api/v1/article/${articleId}/version/`
      const answer = await ask(path)
      if (!answer.isThere) return []
      const found = readAnswer(Versions, answer)
      if (!found) throw unexpected(path)
      return Object.values(found)
        .map(({ version, status, datetime_published: published }) => ({ version, status, published }))
        .toSorted((one, other) => one.version - other.version)
    },
    relatedTypes: async (articleId) => {
      const path = `/api/v2/articles/${articleId}/related`
      const answer = await ask(path)
      if (!answer.isThere) return []
      const found = readAnswer(Related, answer)
      if (!found) throw unexpected(path)
      return found.flatMap(({ type }) => type ?? [])
    },
    retraction: async (articleId) => {
      const path = `/api/v2/articles/${articleId}`
      const answer = await ask(path)
      if (!answer.isThere) return undefined
      const found = readAnswer(Retracted, answer)
      if (!found) throw unexpected(path)
      return found.retraction
    },
    article: async (articleId, version) => {
      const path = `/api/v2/articles/${articleId}/versions/${version}`
      const found = readAnswer(ArticleJson, await ask(path))
      if (!found) throw unexpected(path)
      return found
    },
  }
}
