import { Type, type Static } from 'typebox'
import { Value } from 'typebox/value'

/** The value of the property `losses`, as JSON: what of an article's XML is not shown, by kind, with the places of it. */
export type Losses = Static<typeof Losses>
export const Losses = Type.Object({
  /** "84 formulas, 3 footnotes and Figure 2 are not shown." */
  summary: Type.String(),
  kinds: Type.Array(
    Type.Object({
      /** `body-text`, `figure`, `dead-link`... */
      kind: Type.String(),
      severity: Type.Union([Type.Literal('problem'), Type.Literal('warning'), Type.Literal('finding')]),
      /** For its number: "footnotes". */
      label: Type.String(),
      count: Type.Integer({ minimum: 0 }),
      words: Type.Integer({ minimum: 0 }),
      /** The first of them; `count` says how many there are. */
      entries: Type.Array(
        Type.Object({
          line: Type.Integer(),
          xpath: Type.String(),
          label: Type.Optional(Type.String()),
          excerpt: Type.String(),
          why: Type.String(),
        }),
      ),
    }),
  ),
  /** The whole report, in S3: `s3://bucket/key`. */
  report: Type.String(),
})

/** Writes losses as the value of a property, with as many entries of each kind as leave it shorter than `maxLength`. */
export function encodeLosses(losses: Losses, maxLength = 100_000): string {
  for (let most = 200; most > 0; most = Math.floor(most / 2)) {
    const kinds = losses.kinds.map((kind) => ({ ...kind, entries: kind.entries.slice(0, most) }))
    const text = JSON.stringify({ ...losses, kinds })
    if (text.length <= maxLength) return text
  }
  return JSON.stringify({ ...losses, kinds: losses.kinds.map((kind) => ({ ...kind, entries: [] })) })
}

/** Reads the value of the property `losses`; undefined for a text that is none. */
export function readLosses(text: string): Losses | undefined {
  try {
    const value: unknown = JSON.parse(text)
    return Value.Check(Losses, value) ? value : undefined
  } catch {
    return undefined
  }
}
