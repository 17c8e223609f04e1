import { Type } from 'typebox'

/** A UTC instant on the wire: `2016-07-28T16:14:27.809Z`. */
export const InstantText = Type.Refine(
  Type.String({ pattern: '^\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d{1,9})?Z$' }),
  isPointInTime,
  () => 'must be a point in time',
)

/** An article's version, as a string or a number; 0 stands for the whole article, or for a version that is not known yet. */
export const Version = Type.Union([Type.Integer({ minimum: 0 }), Type.String({ pattern: '^\\d+$' })])

/** A text that is not empty. */
export const Name = Type.String({ minLength: 1 })

/** Rejects dates like 31 February, which match the pattern. */
function isPointInTime(text: string): boolean {
  try {
    Temporal.Instant.from(text)
    return true
  } catch {
    return false
  }
}
