import { Type } from 'typebox'

/** A UTC instant on the wire: `2016-07-28T16:14:27.809Z`. */
export const InstantText = Type.Refine(
  Type.String({ pattern: '^\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d{1,9})?Z$' }),
  isPointInTime,
  () => 'must be a point in time',
)

/** An article's version, sent as a string or a number; 0 is the article as a whole, or a version not yet known. */
export const Version = Type.Union([Type.Integer({ minimum: 0 }), Type.String({ pattern: '^\\d+$' })])

export const Name = Type.String({ minLength: 1 })

/** The pattern alone lets 31 February pass. */
function isPointInTime(text: string): boolean {
  try {
    Temporal.Instant.from(text)
    return true
  } catch {
    return false
  }
}
