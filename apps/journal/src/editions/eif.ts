import { Type, type Static } from 'typebox'

const instant = Type.String({ pattern: '^\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d+)?(Z|[+-]\\d\\d:\\d\\d)$' })
const text = Type.String({ minLength: 1 })

/** The document by which the pipeline delivers a version of an article: the keys that the site reads. */
export const Eif = Type.Object({
  title: text,
  version: Type.Integer({ minimum: 1, maximum: 1_000_000 }),
  doi: Type.String({ pattern: '^10[.][0-9]{4,}[^\\s"/<>]*/[^\\s"]+$' }),
  volume: Type.Optional(Type.Integer({ minimum: 1 })),
  'elocation-id': Type.Optional(text),
  'article-id': Type.String({ pattern: '^[a-z0-9]+(?:-[a-z0-9]+)*$', maxLength: 100 }),
  'article-version-id': text,
  path: text,
  'article-type': text,
  status: Type.Union([Type.Literal('POA'), Type.Literal('VOR')]),
  publish: Type.Optional(Type.Boolean()),
  'pub-date': Type.Optional(instant),
  // Where the XML gives less than a day, and the rest of `pub-date` is a stand-in.
  'publication-date': Type.Optional(Type.String({ pattern: '^\\d{4}(-\\d\\d)?$' })),
  update: Type.Optional(instant),
})
export type Eif = Static<typeof Eif>

/** Compares the content of two documents, whatever the order of their keys, their dates and their publication. */
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
