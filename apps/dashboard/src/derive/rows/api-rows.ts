import { propertiesOf, textOf, type VersionRun } from '../history/article.ts'
import { unixSeconds } from '../history/instant.ts'
import type { Article, Run, PropertyValue, Schedule, Version } from '../history/model.ts'

type Value = string | number

/** A row of `GET /api/current`: computed keys over all properties, whatever their names. */
export type CurrentRow = Record<string, Value>

/**
 * The row of a current run (see `currentRuns`), in the original's terms: numbers for version, run and times (unix seconds), absent keys for
 * what is not known. What begins with `_` is for the server alone and stays there.
 */
export function currentRow(
  article: Article,
  { version, run }: VersionRun,
  previewBaseUrl: string,
  schedule?: Schedule,
): CurrentRow {
  const properties = propertiesOf(article, version, run)
  return {
    ...publicProperties(properties),
    ...(run?.status && { 'publication-status': run.status.value }),
    id: article.id,
    version: version.number,
    ...(run && { run: run.number, 'run-id': run.id, ...latestEvent(run) }),
    ...previewLink(properties, previewBaseUrl),
    ...(schedule && !schedule.fired && { 'scheduled-publication-date': schedule.due }),
  }
}

/** The event that ended a failed run, else its last one. */
function latestEvent(run: Run): CurrentRow {
  const { failure } = run
  const last = failure
    ? run.events.findLast(({ message }) => message.status === 'error' && message.timestamp === failure.at)
    : run.events.at(-1)
  if (!last) return {}
  const { event_type: type, status, timestamp, message } = last.message
  return {
    'event-type': type,
    'event-status': status,
    'event-timestamp': unixSeconds(timestamp),
    'event-message': message,
  }
}

const detailNames = [
  'doi',
  'title',
  'status',
  'publication-date',
  'publication-status',
  'article-type',
  'authors',
  'corresponding-authors',
]

/** The body of `GET /api/article/<id>`. Version and run numbers are strings there; a version 0 has runs alone. */
export function articleBody(article: Article, previewBaseUrl: string) {
  const versions = article.versions.filter(({ number, runs }) => number > 0 || runs.length > 0)
  return {
    id: article.id,
    versions: Object.fromEntries(
      versions.map((version) => [
        String(version.number),
        { details: detailsOf(article, version, previewBaseUrl), runs: runsOf(version) },
      ]),
    ),
  }
}

function detailsOf(article: Article, version: Version, previewBaseUrl: string): CurrentRow {
  const properties = propertiesOf(article, version)
  const details = detailNames.flatMap((name): [string, Value][] => {
    const said = properties.get(name)
    return said === undefined ? [] : [[name, said.value]]
  })
  return {
    ...Object.fromEntries(details),
    ...previewLink(properties, previewBaseUrl),
    'version-number': String(version.number),
  }
}

function runsOf(version: Version) {
  return Object.fromEntries(
    version.runs.map((run) => [
      String(run.number),
      {
        'run-id': run.id,
        'run-number': String(run.number),
        'version-number': String(version.number),
        'first-event-timestamp': unixSeconds(run.began),
        events: collapsedEvents(run),
      },
    ]),
  )
}

/** Consecutive events of one type are one, the last of them; our own keys say what the collapse hides. */
function collapsedEvents(run: Run) {
  const groups: Run['events'][] = []
  for (const event of run.events) {
    const group = groups.at(-1)
    if (group?.[0]?.message.event_type === event.message.event_type) group.push(event)
    else groups.push([event])
  }
  return groups.flatMap((group) => {
    const [first, last] = [group.at(0)?.message, group.at(-1)?.message]
    if (!first || !last) return []
    const [began, ended] = [unixSeconds(first.timestamp), unixSeconds(last.timestamp)]
    return [
      {
        'event-type': last.event_type,
        'event-status': last.status,
        'event-timestamp': ended,
        'event-message': last.message,
        'start-timestamp': began,
        duration: ended - began,
        ...(last.attempt !== undefined && { attempt: last.attempt }),
        ...(last.attempts !== undefined && { attempts: last.attempts }),
      },
    ]
  })
}

function publicProperties(properties: Map<string, PropertyValue>): CurrentRow {
  return Object.fromEntries(
    [...properties].filter(([name]) => !name.startsWith('_')).map(([name, { value }]) => [name, value]),
  )
}

function previewLink(properties: Map<string, PropertyValue>, previewBaseUrl: string): CurrentRow {
  const path = textOf(properties, 'path')
  return path === undefined ? {} : { 'preview-link': `${previewBaseUrl}${path}` }
}
