import { parseArticleId, type Journal } from '@continuum/article'
import { html, when, type Html } from '@continuum/service'
import { localText, readLocalTime, zoned, type LocalTime } from '../../derive/rules/local-time.ts'

/** Returns the time zone of an article's journal; that of the default journal for an id of none. */
export function zoneOf(journals: readonly Journal[], id: string): string {
  const known = parseArticleId(id, journals)?.journal ?? journals.find(({ bareIds }) => bareIds)
  return known?.timeZone ?? 'UTC'
}

/** A time as somebody typed it in a form. */
export interface TypedTime {
  readonly due: string
  readonly which?: 'first' | 'second' | undefined
}

/** Reads a time that somebody typed; one that is over is refused, too. */
export function readDue({ due, which }: TypedTime, zone: string, now: Temporal.Instant): LocalTime {
  const read = readLocalTime(due, zone, which)
  if (read.is !== 'instant' || read.seconds * 1000 >= now.epochMilliseconds) return read
  return { is: 'wrong', problem: 'This time is in the past. Publish the article now instead.' }
}

/** Renders an instant in a zone, with the zone: `24 Dec 2026, 09:30 (Europe/London, UTC+00:00)`. */
export function zonedText(seconds: number, zone: string): string {
  const { day, month, year, hour, minute, offset } = zoned(seconds, zone)
  const clock = [hour, minute].map((part) => String(part).padStart(2, '0')).join(':')
  return `${day} ${months[month - 1]} ${year}, ${clock} (${zone === 'UTC' ? zone : `${zone}, UTC${offset}`})`
}

const months = 'Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec'.split(' ')

/**
 * Renders a field for a date and time in a zone, with what was typed and what is wrong with it.
 *
 * @param key makes the ids of its elements
 * @param options.earlier the time that it had, in unix seconds
 */
export function localTimeField(
  key: string,
  zone: string,
  options: { typed?: TypedTime | undefined; earlier?: number | undefined; refused?: LocalTime | undefined } = {},
): Html {
  const { typed, earlier, refused } = options
  const value = typed?.due ?? (earlier === undefined ? '' : localText(earlier, zone))
  const problem = refused && refused.is !== 'instant' ? refused.problem : undefined
  const described = problem === undefined ? html`` : html` aria-invalid="true" aria-describedby="due-problem-${key}"`
  return html`<label for="due-${key}">Date and time <span class="zone">(${zone})</span></label>
    <input id="due-${key}" name="due" type="datetime-local" value="${value}" ${described} />${when(
      problem,
      (text) => html`<p class="problem" id="due-problem-${key}" role="alert">${text}</p>`,
    )}${when(
      refused?.is === 'twice' && refused,
      ({ first, second }) =>
        html`<p class="which">
          <label><input type="radio" name="which" value="first" /> ${first}</label>
          <label><input type="radio" name="which" value="second" /> ${second}</label>
        </p>`,
    )}`
}
