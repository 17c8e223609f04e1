import { Type, type Static } from 'typebox'
import { Compile } from 'typebox/compile'

const instant = Type.String({ pattern: '^\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d+)?(Z|[+-]\\d\\d:\\d\\d)$' })
const text = Type.String({ minLength: 1 })

/** The document by which the pipeline hands over an article version, as far as the site looks at it. */
export const Eif = Type.Object({
  title: text,
  version: Type.Integer({ minimum: 1, maximum: 1_000_000 }),
  doi: Type.String({ pattern: '^10[.][0-9]{4,}[^\\s"/<>]*/[^\\s"]+$' }),
  volume: Type.Integer({ minimum: 1 }),
  'elocation-id': Type.String({ pattern: '^e[0-9]{5,}$' }),
  'article-id': Type.String({ pattern: '^[0-9]{1,15}$' }),
  'article-version-id': text,
  path: text,
  'article-type': text,
  status: Type.Union([Type.Literal('POA'), Type.Literal('VOR')]),
  publish: Type.Optional(Type.Boolean()),
  'pub-date': Type.Optional(instant),
  update: Type.Optional(instant),
})
export type Eif = Static<typeof Eif>

/** One thing that is wrong with a document, as senders have always been told. */
export interface FieldError {
  /** `data.article-id`. */
  field: string
  message: string
  value: unknown
}

const check = Compile(Eif)

/** The document, or everything that is wrong with it. */
export function readEif(sent: unknown): { eif: Eif } | { errors: FieldError[] } {
  if (!check.Check(sent)) return { errors: errorsOf(sent) }
  const id = `${sent['article-id']}.${sent.version}`
  const value = sent['article-version-id']
  return value === id
    ? { eif: sent }
    : { errors: [{ field: 'data.article-version-id', message: `must be ${id}`, value }] }
}

function errorsOf(sent: unknown): FieldError[] {
  return check.Errors(sent).flatMap(({ keyword, instancePath, message, params }): FieldError[] => {
    if (keyword === 'required') {
      return params.requiredProperties.map((name) => ({ field: `data.${name}`, message: 'is required', value: null }))
    }
    // A union reports each of its members, then itself.
    if (keyword === 'const') return []
    const keys = instancePath.split('/').slice(1)
    const value = keys.reduce((object: unknown, key): unknown => Reflect.get(Object(object), key), sent)
    return [{ field: ['data', ...keys].join('.'), message, value: value ?? null }]
  })
}

/** Whether two documents say the same of an article, in whatever order, leaving aside when and whether it is public. */
export function sameContent(a: Eif, b: Eif): boolean {
  return canonical(a) === canonical(b)
}

function canonical(eif: Eif): string {
  const { publish: _publish, update: _update, ...content } = eif
  return JSON.stringify(content, inKeyOrder)
}

function inKeyOrder(_: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value
  return Object.fromEntries(Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1)))
}
