import type { ArticleStatus as Status } from '@continuum/article'
import { Type, type Static } from 'typebox'
import { Compile } from 'typebox/compile'
import { RuleViolationError } from './rule-violation.ts'

const text = Type.String({ minLength: 1 })
const open = { additionalProperties: true }
const content = Type.Array(Type.Object({ type: text }, open), { minItems: 1 })

/** The keys that readers of the article API rely on in every version. Further keys are kept as they are. */
export const articleFields = {
  id: Type.String({ pattern: '^[a-z0-9-]+$' }),
  version: Type.Integer({ minimum: 1 }),
  type: Type.String({ pattern: '^[a-z0-9]+(?:-[a-z0-9]+)*$' }),
  doi: Type.String({ pattern: '^10[.][0-9]{4,}[^\\s"/<>]*/[^\\s"]+$' }),
  title: text,
  volume: Type.Optional(Type.Union([Type.Integer({ minimum: 1 }), text])),
  elocationId: Type.Optional(text),
  copyright: Type.Object({ license: text, statement: Type.Optional(text), holder: Type.Optional(text) }, open),
  titlePrefix: Type.Optional(text),
  impactStatement: Type.Optional(text),
  subjects: Type.Optional(Type.Array(Type.Object({ id: text, name: text }, open))),
  pdf: Type.Optional(Type.String({ format: 'uri' })),
  abstract: Type.Optional(Type.Object({ content }, open)),
  authorLine: Type.Optional(text),
  authors: Type.Optional(Type.Array(Type.Object({ type: text }, open), { minItems: 1 })),
}
export const ArticleStatus = Type.Enum(['poa', 'vor'])
const Poa = Type.Object({ ...articleFields, status: Type.Literal('poa') })
const Block = Type.Object({ type: text }, open)
const Vor = Type.Object({ ...articleFields, status: Type.Literal('vor'), body: Type.Array(Block, { minItems: 1 }) })

const checks = { poa: Compile(Poa), vor: Compile(Vor) }
type Article = Static<typeof Poa> | Static<typeof Vor>

/**
 * Checks article JSON before it is stored, so that readers can rely on what is served.
 *
 * @returns the values that the store itself uses
 * @throws RuleViolationError: error-parsing-article-json where a key is absent, invalid-article-json where a value is wrong
 */
export function checkArticle(article: Record<string, unknown>): { doi: string; status: Status } {
  for (const key of ['id', 'version', 'status', 'type', 'doi', 'title']) {
    if (!(key in article)) {
      throw new RuleViolationError(
        'error-parsing-article-json',
        `failed to scrape article data, key not present: '${key}'`,
      )
    }
  }
  if (!('published' in article)) {
    throw new RuleViolationError(
      'error-parsing-article-json',
      "failed to scrape given article data: KeyError('published')",
    )
  }
  if (article['status'] !== 'poa' && article['status'] !== 'vor') {
    throw new RuleViolationError('invalid-article-json', '(error 1 of 1) /status must be poa or vor')
  }
  const check = checks[article['status']]
  const errors = [...check.Errors(article).map(describe), ...bylineErrors(article)]
  if (errors.length > 0) {
    throw new RuleViolationError('invalid-article-json', `(error 1 of ${errors.length}) ${errors[0]}`)
  }
  const { doi, status }: Article = check.Parse(article)
  return { doi, status }
}

function bylineErrors(article: Record<string, unknown>): string[] {
  return 'authors' in article === 'authorLine' in article ? [] : ['/authors and /authorLine require each other']
}

function describe(error: { instancePath: string; message: string }): string {
  return `${error.instancePath || '/'} ${error.message}`
}
