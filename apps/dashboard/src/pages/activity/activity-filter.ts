import { Type, type Static } from 'typebox'
import type { LogFilter } from '../../store/activity.ts'

const text = (description: string) => Type.Optional(Type.String({ maxLength: 500, description }))
const day = (description: string) =>
  Type.Optional(Type.Union([Type.String({ format: 'date' }), Type.Literal('')], { description }))

/** The parameters that narrow the log; empty ones count as absent, as a form sends them. */
export type ActivityQuery = Static<typeof ActivityQuery>
export const ActivityQuery = Type.Object({
  q: text('words that must all be in the entry'),
  user: text('who'),
  action: text('what'),
  article: text('the id of an article'),
  from: day('the first day, in UTC'),
  to: day('the last day, in UTC'),
})

/** Reads what to look for. */
export function readFilter({ q = '', user, action, article, from, to }: ActivityQuery): LogFilter {
  return {
    words: q.split(/\s+/).filter((word) => word !== ''),
    actor: user || undefined,
    action: action || undefined,
    article: article?.trim() || undefined,
    from: from ? startOf(Temporal.PlainDate.from(from)) : undefined,
    until: to ? startOf(Temporal.PlainDate.from(to).add({ days: 1 })) : undefined,
  }
}

const startOf = (date: Temporal.PlainDate) => date.toZonedDateTime('UTC').toInstant().toString()

/** Writes the parameters that are there, for links. */
export function queryText(query: ActivityQuery, more: Record<string, string> = {}): string {
  const given = Object.entries({ ...query, ...more }).filter(
    (entry): entry is [string, string] => entry[1] !== undefined && entry[1] !== '',
  )
  return new URLSearchParams(given).toString()
}
