import { Type, type Static, type TSchema } from 'typebox'
import { Value } from 'typebox/value'

/** Thrown for an invalid request body: 400. */
export class BadRequestError extends Error {
  override readonly name = 'BadRequestError'
  readonly statusCode = 400
}

const Version = Type.Union([Type.Integer(), Type.String(), Type.Null()])

export const PublicationItem = Type.Object({
  id: Type.String(),
  version: Type.Optional(Version),
  run: Type.Optional(Type.Union([Type.String(), Type.Null()])),
  force: Type.Optional(Type.Boolean()),
})

/** An article whose status is requested; `run` is returned as it was sent. */
export const StatusItem = Type.Object({
  id: Type.String(),
  version: Type.Union([Type.Integer(), Type.String({ pattern: '^\\d+$' })]),
  run: Type.Optional(Type.Unknown()),
})

export const ScheduleItem = Type.Object({
  'article-identifier': Type.String({ minLength: 1 }),
  scheduled: Type.Union([Type.Number(), Type.String({ pattern: '^\\d+$' }), Type.Literal(false), Type.Null()]),
})

/** Returns the `articles` of a body; an absent key is an empty list, as in the original system. */
export function articlesOf<Item extends TSchema>(item: Item, body: unknown): Static<Item>[] {
  const articles = objectOf(body)['articles'] ?? []
  const Articles = Type.Array(item)
  if (Value.Check(Articles, articles)) return articles
  throw new BadRequestError(`articles ${firstProblem(Articles, articles)}`)
}

/** Returns the value of a body's key, checked against the schema. */
export function valueOf<Schema extends TSchema>(schema: Schema, body: unknown, key: string): Static<Schema> {
  const value = objectOf(body)[key]
  if (Value.Check(schema, value)) return value
  throw new BadRequestError(`${key} ${firstProblem(schema, value)}`)
}

function objectOf(body: unknown): Record<string, unknown> {
  if (typeof body === 'object' && body !== null && !Array.isArray(body)) return { ...body }
  throw new BadRequestError('Request data not a json dictionary')
}

function firstProblem(schema: TSchema, value: unknown): string {
  const [problem] = Value.Errors(schema, value)
  return problem ? `${problem.instancePath} ${problem.message}`.trim() : 'is invalid'
}
