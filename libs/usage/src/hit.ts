import { Type, type Static } from 'typebox'
import { uses } from './uses.ts'

const Identity = Type.String({ pattern: '^[A-Za-z0-9_-]{22}$', description: 'a user of one UTC day; see `identityOf`' })

/** One counted request. It says neither address nor user agent of the reader. */
export const UsageHit = Type.Object(
  {
    id: Type.String({ minLength: 8, maxLength: 100, description: 'the same whenever the hit is sent again' }),
    at: Type.String({
      pattern: '^\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d{1,9})?Z$',
      description: 'a UTC instant',
    }),
    article: Type.String({ pattern: '^[a-z0-9]+(?:-[a-z0-9]+)*$', maxLength: 100 }),
    use: Type.Enum([...uses]),
    link: Type.String({ minLength: 1, maxLength: 500, description: 'host and path, without the query' }),
    user: Identity,
    userBefore: Type.Optional(Identity),
  },
  { additionalProperties: false },
)
export type UsageHit = Static<typeof UsageHit>

/** Hits as they travel in one queue message. */
export const UsageMessage = Type.Object({
  type: Type.Literal('usage'),
  hits: Type.Array(UsageHit, { minItems: 1, maxItems: 200 }),
})
export type UsageMessage = Static<typeof UsageMessage>
