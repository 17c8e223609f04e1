import { Type, type Static } from 'typebox'
import type { ListFilter } from '../../store/list-filter.ts'
import { sortColumns, type Sort } from '../../store/lists.ts'

const many = (description: string) =>
  Type.Optional(
    Type.Union([Type.Array(Type.String({ maxLength: 300 }), { maxItems: 50 }), Type.String({ maxLength: 300 })], {
      description,
    }),
  )
/** A day, or an instant in UTC. */
const moment = (description: string) =>
  Type.Optional(
    Type.Union([Type.String({ format: 'date' }), Type.String({ format: 'date-time' }), Type.Literal('')], {
      description,
    }),
  )

/** The parameters of a list's address: each is a chip of the page. Empty ones count as absent, as a form sends them. */
export type ListQuery = Static<typeof ListQuery>
export const ListQuery = Type.Object({
  q: Type.Optional(Type.String({ maxLength: 500, description: 'beginnings of words, all of which are in the row' })),
  section: many('sections'),
  journal: many('journals, by the prefix of their packages'),
  subject: many('subjects'),
  type: many('kinds of articles, in the words of their journals'),
  status: many('POA or VOR'),
  findings: Type.Optional(Type.Enum(['yes', 'no', ''], { description: 'with or without findings' })),
  step: many('steps at which runs are, or failed'),
  cause: many('causes of failures'),
  assignee: many('accounts that take care of the article; `nobody`'),
  via: many('how it was published: person, clock or rule'),
  overdue: Type.Optional(Type.Enum(['yes', ''], { description: 'only what was due before now' })),
  from: moment('in its section from this day (UTC) or instant on'),
  to: moment('in its section until this day (UTC), or before this instant'),
  arrived: moment('arrived from this day (UTC) or instant on'),
  sort: Type.Optional(
    Type.Union([Type.String({ pattern: `^-?(${sortColumns.join('|')})$` }), Type.Literal('')], {
      description: 'the column to sort by; with a hyphen before it, descending',
    }),
  ),
})

/** A parameter that is a chip. */
export type Chip = Exclude<keyof ListQuery, 'sort'>

/** The chips, in the order of the page, with their labels. */
export const chipLabels: Readonly<Record<Chip, string>> = {
  q: 'Search',
  section: 'Section',
  journal: 'Journal',
  subject: 'Subject',
  type: 'Type',
  status: 'Status',
  findings: 'Findings',
  step: 'Step',
  cause: 'Cause',
  assignee: 'Assigned to',
  via: 'Published by',
  overdue: 'Overdue',
  from: 'From',
  to: 'To',
  arrived: 'Arrived from',
}

/** The names of the chips. */
export const chipNames: readonly Chip[] = [
  'q',
  'section',
  'journal',
  'subject',
  'type',
  'status',
  'findings',
  'step',
  'cause',
  'assignee',
  'via',
  'overdue',
  'from',
  'to',
  'arrived',
]

/** Returns the values of a parameter that are there. */
export function valuesOf(query: ListQuery, name: keyof ListQuery): string[] {
  const value = query[name]
  return (typeof value === 'string' ? [value] : (value ?? [])).map((one) => one.trim()).filter((one) => one !== '')
}

/** Reads the filter of an address. */
export function readFilter(query: ListQuery): ListFilter {
  const [from] = valuesOf(query, 'from')
  const [to] = valuesOf(query, 'to')
  const [arrived] = valuesOf(query, 'arrived')
  const [findings] = valuesOf(query, 'findings')
  return {
    search: query.q,
    sections: valuesOf(query, 'section'),
    journals: valuesOf(query, 'journal'),
    subjects: valuesOf(query, 'subject'),
    kinds: valuesOf(query, 'type'),
    statuses: valuesOf(query, 'status').map((status) => status.toUpperCase()),
    findings: findings === undefined ? undefined : findings === 'yes',
    steps: valuesOf(query, 'step'),
    causes: valuesOf(query, 'cause'),
    assignees: valuesOf(query, 'assignee').map((name) => (name === 'nobody' ? '' : name)),
    via: valuesOf(query, 'via'),
    overdue: valuesOf(query, 'overdue').length > 0,
    from: from && instantOf(from, 0),
    until: to && instantOf(to, 1),
    arrivedFrom: arrived && instantOf(arrived, 0),
  }
}

/** @param days days after the beginning of the day; an instant stays as it is */
function instantOf(text: string, days: number): string {
  return text.includes('T')
    ? Temporal.Instant.from(text).toString()
    : Temporal.PlainDate.from(text).add({ days }).toZonedDateTime('UTC').toInstant().toString()
}

/** Reads the column to sort by. */
export function readSort(query: ListQuery): Sort | undefined {
  const [text] = valuesOf(query, 'sort')
  const column = sortColumns.find((name) => name === text?.replace('-', ''))
  return column && { column, descending: text?.startsWith('-') === true }
}

/** Checks that a list is narrowed. */
export function isFiltered(query: ListQuery): boolean {
  return chipNames.some((name) => valuesOf(query, name).length > 0)
}

/** The values of parameters that replace those of a query; an empty list takes a parameter away. */
export type Changes = Readonly<Partial<Record<keyof ListQuery | 'page' | 'batch', string | readonly string[]>>>

/** Writes an address of a list, without empty parameters. */
export function listPath(base: string, query: ListQuery, changes: Changes = {}): string {
  const parameters = new URLSearchParams()
  for (const name of [...chipNames, 'sort', 'page', 'batch'] as const) {
    const changed = changes[name]
    const old = name === 'page' || name === 'batch' ? [] : valuesOf(query, name)
    for (const value of changed === undefined ? old : [changed].flat()) if (value !== '') parameters.append(name, value)
  }
  const text = parameters.toString()
  return text === '' ? base : `${base}?${text}`
}
