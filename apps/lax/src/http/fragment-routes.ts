import type { App } from '@continuum/service'
import { parseArticleId } from '@continuum/article'
import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify'
import { Type } from 'typebox'
import { isJsonObject, type Json } from '../rules/json.ts'
import { RuleViolationError } from '../rules/rule-violation.ts'
import { deleteFragment, putFragment } from '../store/fragment-store.ts'
import { answerError, refuseAnonymous } from './errors.ts'
import { sendError, sendNotFound, setUncached } from './replies.ts'
import { articleOf, type RouteContext } from './route-context.ts'
import { ArticleParams, errorReply } from './schemas.ts'

/** Thrown when the body of a fragment is not one; answered with 400 in the words that clients know. */
class FragmentError extends Error {
  override readonly name = 'FragmentError'
  readonly title: string

  constructor(title: 'bad request' | 'refused: bad data', detail: string) {
    super(detail)
    this.title = title
  }
}

const protectedName = 'xml->json'
const fragmentName = Type.String({
  pattern: '^[\\w>-]{3,25}$',
  description: 'the name of the fragment: 3 to 25 letters, digits, `_`, `-` or `>`',
})
const schema = {
  tags: ['pipeline'],
  params: Type.Object({ id: ArticleParams.properties.id, name: fragmentName }),
  security: [{ token: [] }],
}
const object = { type: 'object', additionalProperties: true }
const replies = {
  400: errorReply('It is no fragment, or a version would be invalid with it.'),
  403: errorReply('The token is missing or wrong.'),
  404: errorReply('There is no such article or fragment.'),
  413: errorReply('The body is larger than 5 MB.'),
  415: errorReply('The body is not JSON.'),
  '5xx': errorReply('The store failed; nothing was changed.'),
}

/**
 * Adds the routes of fragments: parts of article JSON that editors keep beside what is delivered, and that are merged into
 * every version of the article.
 */
export async function addFragmentRoutes(api: App, context: RouteContext): Promise<void> {
  const { sql, answers, journals, now } = context
  await api.register(async (routes: App) => {
    routes.setErrorHandler(answerFragmentError)
    routes.addHook('onRequest', refuseAnonymous)
    routes.removeAllContentTypeParsers()
    routes.addContentTypeParser('application/json', { parseAs: 'string' }, async (_: unknown, text: string) => text)
    const url = '/v2/articles/:id/fragments/:name'
    const schemaErrorFormatter = () => new RuleViolationError('record-not-found', 'no such address')

    routes.post(
      url,
      {
        schemaErrorFormatter,
        schema: {
          ...schema,
          operationId: 'putFragment',
          summary: 'Add or replace a fragment',
          response: {
            200: {
              description: 'It is merged.',
              content: { 'application/json': { schema: Type.Unsafe<Json>(object) } },
            },
            ...replies,
          },
        },
      },
      async (request, reply) => {
        const { article, name, journal } = addressOf(request.params, journals)
        if (name === protectedName) throw new FragmentError('bad request', 'that key is protected')
        const value = readFragment(request.body)
        if (!journal || !(await putFragment(sql, { article, name, journal, journals }, value, now()))) {
          return sendNotFound(reply)
        }
        answers.forget(article)
        setUncached(reply)
        return value
      },
    )

    routes.delete(
      url,
      {
        schemaErrorFormatter,
        schema: {
          ...schema,
          operationId: 'deleteFragment',
          summary: 'Delete a fragment',
          response: {
            200: {
              description: 'It is no longer merged.',
              content: { 'application/json': { schema: Type.Record(Type.String(), Type.Literal('deleted')) } },
            },
            ...replies,
          },
        },
      },
      async (request, reply) => {
        const { article, name, journal } = addressOf(request.params, journals)
        if (name === protectedName) throw new FragmentError('bad request', 'that key is protected')
        if (!journal || !(await deleteFragment(sql, { article, name, journal, journals }, now()))) {
          return sendNotFound(reply)
        }
        answers.forget(article)
        setUncached(reply)
        return { [name]: 'deleted' as const }
      },
    )
  })
}

function addressOf({ id, name }: { id: string; name: string }, journals: RouteContext['journals']) {
  const article = articleOf(id, journals)
  return { article, name, journal: parseArticleId(article, journals)?.journal }
}

function readFragment(body: unknown): Json {
  const value = parse(typeof body === 'string' ? body : '')
  if (!isJsonObject(value)) throw new FragmentError('bad request', 'all fragments must be a dictionary')
  if (Object.keys(value).length === 0) {
    throw new FragmentError('refused: bad data', 'that fragment is invalid and has been refused')
  }
  return value
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    throw new FragmentError('refused: bad data', 'that fragment cannot be read and has been refused')
  }
}

function answerFragmentError(error: FastifyError, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  if (error instanceof FragmentError) return sendError(reply, 400, { title: error.title, detail: error.message })
  if (error.statusCode === 415) {
    return sendError(reply, 415, { title: "refused: unsupported data. content-type must be 'application/json'" })
  }
  if (!(error instanceof RuleViolationError)) return answerError(error, request, reply)
  if (error.code === 'record-not-found') return sendNotFound(reply)
  const { message, problems } = error
  const detail = `that fragment creates invalid article-json. refused: ${message}`
  return sendError(reply, 400, {
    title: 'refused: bad data',
    detail,
    ...(problems.length > 0 && { problems: [...problems] }),
  })
}
