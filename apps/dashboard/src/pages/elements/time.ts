import { microseconds } from '../../derive/history/instant.ts'
import { html, type Html } from '@continuum/service'

const months = 'Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec'.split(' ')

/**
 * Renders an instant in UTC. The page's script converts it to the reader's time zone.
 *
 * @param style `age` lets the script add how long ago it was
 */
export function timeHtml(instant: string, style: 'plain' | 'age' = 'plain'): Html {
  const at = Temporal.Instant.from(instant)
  const utc = at.toZonedDateTimeISO('UTC')
  const clock = [utc.hour, utc.minute, utc.second].map((part) => String(part).padStart(2, '0')).join(':')
  const text = `${utc.day} ${months[utc.month - 1]} ${utc.year}, ${clock} UTC`
  const exact = at.toString({ smallestUnit: 'millisecond' })
  return html`<time datetime="${exact}" data-style="${style}">${text}</time>`
}

/** Renders a text, and the instants in it (`2026-11-30T22:15:00Z`) as times that a person reads. */
export function textWithTimes(text: string): Html {
  const parts = text.split(/(\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d(?:\.\d+)?)?Z)/)
  return html`${parts.map((part, at) => (at % 2 === 1 ? timeHtml(part) : html`${part}`))}`
}

/** Renders unix seconds in UTC, as `timeHtml` does. */
export function unixTimeHtml(seconds: number): Html {
  return timeHtml(Temporal.Instant.fromEpochMilliseconds(seconds * 1000).toString())
}

/** Formats a duration in its two largest units: `840 ms`, `4.2 s`, `3 min 20 s`, `2 h 5 min`, `1 d 3 h`. */
export function durationText(milliseconds: number): string {
  if (milliseconds < 1000) return `${Math.max(0, Math.round(milliseconds))} ms`
  if (milliseconds < 9950) return `${(milliseconds / 1000).toFixed(1)} s`
  const whole = Math.round(milliseconds / 1000)
  if (whole < 60) return `${whole} s`
  if (whole < 3600) return `${Math.floor(whole / 60)} min ${whole % 60} s`
  if (whole < 86_400) return `${Math.floor(whole / 3600)} h ${Math.floor((whole % 3600) / 60)} min`
  return `${Math.floor(whole / 86_400)} d ${Math.floor((whole % 86_400) / 3600)} h`
}

/** Formats the duration from one instant to another. */
export function durationBetween(from: string, to: string): string {
  return durationText((microseconds(to) - microseconds(from)) / 1000)
}

const inWords = new Intl.DurationFormat('en', { style: 'long' })

/** Formats a long duration in words, in its two largest units: `3 days, 4 hours`. */
export function waitText(milliseconds: number): string {
  const days = milliseconds >= 86_400_000
  const smallestUnit = days ? 'hour' : milliseconds >= 3_600_000 ? 'minute' : 'second'
  const duration = Temporal.Duration.from({ milliseconds: Math.round(milliseconds) })
  return inWords.format(duration.round({ largestUnit: 'day', smallestUnit, roundingMode: 'floor' }))
}
