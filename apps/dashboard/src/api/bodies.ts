import { Type, type Static, type TSchema } from 'typebox'
import { Value } from 'typebox/value'

/** Thrown when a request's body is not what the call takes. The caller's fault: 400. */
export class BadRequest extends Error {
  override readonly name = 'BadRequest'
  readonly statusCode = 400
}

const Version = Type.Union([Type.Integer(), Type.String(), Type.Null()])

export const PublicationItem = Type.Object({
  id: Type.String(),
  version: Type.Optional(Version),
  run: Type.Optional(Type.Union([Type.String(), Type.Null()])),
  force: Type.Optional(Type.Boolean()),
})

/** `run` is echoed, whatever it is. */
export const StatusItem = Type.Object({
  id: Type.String(),
  version: Type.Union([Type.Integer(), Type.String({ pattern: '^\\d+$' })]),
  run: Type.Optional(Type.Unknown()),
})

export const ScheduleItem = Type.Object({
  'article-identifier': Type.String({ minLength: 1 }),
  scheduled: Type.Union([Type.Number(), Type.String({ pattern: '^\\d+$' }), Type.Literal(false), Type.Null()]),
})

/** The list under `articles` of a body; none where the body has no such key, as in the original. */
export function articlesOf<Item extends TSchema>(item: Item, body: unknown): Static<Item>[] {
  const articles = objectOf(body)['articles'] ?? []
  const Articles = Type.Array(item)
  if (Value.Check(Articles, articles)) return articles
  throw new BadRequest(`articles ${firstProblem(Articles, articles)}`)
}

/** The value of a body's key, of the schema's shape. */
export function valueOf<Schema extends TSchema>(schema: Schema, body: unknown, key: string): Static<Schema> {
  const value = objectOf(body)[key]
  if (Value.Check(schema, value)) return value
  throw new BadRequest(`${key} ${firstProblem(schema, value)}`)
}

function objectOf(body: unknown): Record<string, unknown> {
  if (typeof body === 'object' && body !== null && !Array.isArray(body)) return { ...body }
  throw new BadRequest('Request data not a json dictionary')
}

function firstProblem(schema: TSchema, value: unknown): string {
  const [problem] = Value.Errors(schema, value)
  return problem ? `${problem.instancePath} ${problem.message}`.trim() : 'is not understood'
}
