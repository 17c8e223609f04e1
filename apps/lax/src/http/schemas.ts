import { Type, type TSchema } from 'typebox'
import { ruleViolationCodes } from '../rules/rule-violation.ts'
import { mediaTypesOf, type Kind } from './media-types.ts'

const open = { additionalProperties: true }
const instant = Type.String({ format: 'date-time', examples: ['2012-12-13T00:00:00Z'] })
const day = Type.String({ format: 'date', examples: ['2012-11-01'] })

const text = Type.String({ minLength: 1 })
const content = Type.Array(Type.Object({ type: text }, open), { minItems: 1 })

/** The keys that readers of the article API rely on. What is stored is checked against the whole schema of `libs/article`. */
const articleFields = {
  id: Type.String({ pattern: '^[a-z0-9-]+$' }),
  version: Type.Integer({ minimum: 1 }),
  type: Type.String({ pattern: '^[a-z0-9-]+$' }),
  doi: Type.String({ pattern: '^10[.][0-9]{4,}[^\\s"/<>]*/[^\\s"]+$' }),
  title: text,
  volume: Type.Optional(Type.Union([Type.Integer({ minimum: 1 }), text])),
  elocationId: Type.Optional(text),
  copyright: Type.Optional(Type.Object({}, open)),
  titlePrefix: Type.Optional(text),
  impactStatement: Type.Optional(text),
  subjects: Type.Optional(Type.Array(Type.Object({ id: text, name: text }, open))),
  pdf: Type.Optional(text),
  abstract: Type.Optional(Type.Object({ content }, open)),
  authorLine: Type.Optional(text),
  authors: Type.Optional(Type.Array(Type.Object({ type: text }, open), { minItems: 1 })),
}
const ArticleStatus = Type.Enum(['poa', 'vor'])

const Problem = Type.Object({
  place: Type.String({ description: 'a JSON pointer into the article JSON', examples: ['/body/3/content/0/type'] }),
  expected: Type.String(),
  found: Type.String({ description: 'as JSON, shortened' }),
})

/** The body of every error reply. A write that fails has `status` and `code`, and what was asked for. */
export const ErrorReply = Type.Object(
  {
    title: Type.String(),
    detail: Type.Optional(Type.String()),
    status: Type.Optional(Type.Enum(['invalid', 'error'], { description: 'error: the store itself failed' })),
    code: Type.Optional(Type.Enum([...ruleViolationCodes, 'unknown'])),
    message: Type.Optional(Type.String({ description: 'the rule and what violates it' })),
    comment: Type.Optional(Type.String({ description: 'one sentence, the same for each violation of the rule' })),
    problems: Type.Optional(Type.Array(Problem, { description: 'what is wrong with the article JSON' })),
    until: Type.Optional(Type.String({ format: 'date-time', description: 'the end of an embargo' })),
    trace: Type.Optional(Type.Null()),
    'dry-run': Type.Optional(Type.Boolean()),
    force: Type.Optional(Type.Boolean()),
  },
  { $id: 'Error' },
)

/** Declares an error reply of a route. */
export function errorReply(description: string) {
  return { description, content: { 'application/json': { schema: ErrorReply } } }
}

/** The keys that the store adds to article JSON. */
const head = {
  stage: Type.Enum(['preview', 'published']),
  published: Type.Optional(instant),
  versionDate: Type.Optional(instant),
  statusDate: Type.Optional(instant),
}

/** Article JSON as it was ingested, with the stage and dates that the store adds. */
export const Article = Type.Object({ ...head, ...articleFields, status: ArticleStatus }, { ...open, $id: 'Article' })

const Snippet = Type.Object(
  { ...head, ...articleFields, status: ArticleStatus },
  { ...open, $id: 'Snippet', description: 'The part of an article that lists show.' },
)

export const ArticleList = Type.Object({
  total: Type.Integer({ minimum: 0, description: 'of all pages' }),
  items: Type.Array(Snippet),
})

const Preprint = Type.Object({
  status: Type.Literal('preprint'),
  description: Type.String(),
  uri: Type.String(),
  date: instant,
})

export const History = Type.Object({
  received: Type.Optional(day),
  accepted: Type.Optional(day),
  sentForReview: Type.Optional(day),
  versions: Type.Array(Type.Union([Preprint, Snippet])),
})

export const Related = Type.Array(
  Type.Union([Snippet, Type.Object({}, { ...open, description: 'A citation from elsewhere or a reviewed preprint.' })]),
)

/** Declares a reply that is sent under each media type of its kind. */
export function contentReply(kinds: readonly Kind[], schema: TSchema, description: string) {
  const types = [...kinds.flatMap(mediaTypesOf), 'application/json']
  return { description, content: Object.fromEntries(types.map((type) => [type, { schema }])) }
}

const SubjectResults = { id: Type.String(), name: Type.String() }

export const SearchResults = Type.Object({
  total: Type.Integer({ minimum: 0, description: 'of all pages' }),
  items: Type.Array(Snippet),
  subjects: Type.Array(Type.Object({ ...SubjectResults, results: Type.Integer({ minimum: 0 }) }), {
    description: 'of all results, whatever subjects and types are chosen',
  }),
  types: Type.Record(Type.String(), Type.Integer({ minimum: 0 }), { description: 'the same by type' }),
})

export const Subject = Type.Object({ ...SubjectResults, articles: Type.Integer({ minimum: 1 }) })
export const SubjectList = Type.Object({ total: Type.Integer({ minimum: 0 }), items: Type.Array(Subject) })

export const WriteReply = Type.Object({
  status: Type.Enum(['ingested', 'published', 'validated'], { description: 'validated: a dry run' }),
  id: Type.String({ description: 'the id of the article' }),
  datetime: Type.String({ format: 'date-time', description: 'of the stored content, or of the publication' }),
  run: Type.Optional(Type.String({ description: 'as the request names it' })),
  'dry-run': Type.Boolean(),
  force: Type.Boolean(),
  message: Type.Null(),
})

/** A published version as the first article API has it. */
export const PublishedVersion = Type.Object({
  title: Type.String(),
  version: Type.Integer(),
  status: ArticleStatus,
  doi: Type.String(),
  type: Type.String(),
  volume: Type.Optional(Type.Union([Type.Integer(), Type.String()])),
  manuscript_id: Type.String(),
  datetime_published: instant,
  website_path: Type.String(),
})

export const VersionLookup = Type.Record(Type.String({ pattern: '^[0-9]+$' }), PublishedVersion, {
  additionalProperties: false,
  description: 'Published versions by their number.',
})

export const CorpusInfo = Type.Object({ 'article-count': Type.Integer(), 'research-article-count': Type.Integer() })

const id = Type.String({
  pattern: '^[a-z0-9]+(?:-[a-z0-9]+)*$',
  maxLength: 100,
  description:
    'the id of the article: 00353, or ijm-00202 of another than the default journal; leading zeros are ignored',
})
export const ArticleParams = Type.Object({ id })
export const VersionParams = Type.Object({ id, version: Type.Integer({ minimum: 0, maximum: 999_999_999 }) })

// Orders of a person about what is public of an article, its withdrawal and its retraction: what their routes share.

const Words = Type.String({ minLength: 1, maxLength: 2000, pattern: '\\S' })
export const Who = Type.Object({ who: Words })
export const WhoAndWhy = Type.Object({ who: Words, why: Type.String({ ...Words, description: 'readers see it' }) })

export const order = { tags: ['pipeline'], params: ArticleParams, security: [{ token: [] }] }

export const refusals = {
  400: errorReply('The body is wrong.'),
  403: errorReply('The token is missing or wrong.'),
  404: errorReply('The address names no article.'),
  409: errorReply('Nothing of the article is public.'),
  415: errorReply('The body is not JSON.'),
  '5xx': errorReply('The store failed; nothing was changed.'),
}
