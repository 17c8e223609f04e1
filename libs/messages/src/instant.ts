import { UnreadableMessageError } from './unreadable.ts'

/**
 * Converts a point in time to a UTC instant. An offset is taken into account; a time without one is UTC already.
 *
 * @throws {UnreadableMessageError} when it is not a point in time
 * @example toInstantText('2016-02-08T14:01:29+05:00') // '2016-02-08T09:01:29Z'
 */
export function toInstantText(text: string): string {
  const zoned = /(Z|[+-]\d\d(:?\d\d)?)$/i.test(text.replace(/^\d{4}-\d\d-\d\d/, '')) ? text : `${text}Z`
  try {
    return Temporal.Instant.from(zoned).toString()
  } catch (error) {
    throw new UnreadableMessageError(`${JSON.stringify(text)} is not a point in time`, { cause: error })
  }
}
