import { Type } from 'typebox'
import { plainText } from '../markup/sanitise.ts'
import { entriesOf } from './article.ts'

/** Names the type of an article: `research-article` is "Research article". */
export function typeName(type: string): string {
  const words = type === 'tools-resources' ? 'tools and resources' : type.replaceAll(/[-_]/g, ' ')
  return words.charAt(0).toUpperCase() + words.slice(1)
}

const languages = new Intl.DisplayNames('en', { type: 'language', fallback: 'code' })

/** `Spanish` of `es`; what is no language tag stays. */
export function languageName(tag: string): string {
  try {
    return languages.of(tag) ?? tag
  } catch {
    return tag
  }
}

/** Names the status of a version. */
export function statusName(status: string): string {
  return status.toLowerCase() === 'poa' ? 'Accepted manuscript' : 'Version of record'
}

const day = new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeZone: 'UTC' })

/** `13 December 2012`, in UTC. */
export function dayName(instant: Temporal.Instant): string {
  return day.format(instant.epochMilliseconds)
}

const month = new Intl.DateTimeFormat('en-GB', { month: 'long', year: 'numeric', timeZone: 'UTC' })

/** A date as exactly as it is known: `13 December 2012` of `2012-12-13`, `April 2026` of `2026-04`, `2026`. */
export function dateName(date: string): string {
  const [year = '', ofMonth, ofDay] = date.split('-')
  if (ofMonth === undefined) return year
  const instant = Temporal.Instant.from(`${year}-${ofMonth}-${ofDay ?? '01'}T00:00:00Z`)
  return ofDay === undefined ? month.format(instant.epochMilliseconds) : dayName(instant)
}

/** `2012-12-13`, for `time` elements and metadata. */
export function isoDay(instant: Temporal.Instant): string {
  return instant.toString().slice(0, 10)
}

const Named = Type.Object({ name: Type.String() })

export function subjectNames(subjects: unknown): string[] {
  return entriesOf(Named, subjects).map(({ name }) => name)
}

export function strings(list: unknown): string[] {
  return entriesOf(Type.String(), list)
}

/** The name of a subject in addresses: `cell-biology`. */
export function subjectSlug(name: string): string {
  return plainText(name)
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]+/gu, '-')
}

export function subjectPath(name: string): string {
  return `/subjects/${encodeURIComponent(subjectSlug(name))}`
}
