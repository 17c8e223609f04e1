import { propertiesOf, textOf, type VersionRun } from '../history/article.ts'
import { unixSeconds } from '../history/instant.ts'
import type { Article, Run, PropertyValue, Schedule, Version } from '../history/model.ts'

type Value = string | number

/** A row of `GET /api/current`: all properties, whatever their names, and computed keys. */
export type CurrentRow = Record<string, Value>

/**
 * Builds the API's row of a current run (see `currentRuns`), as in the original system: version, run and times (unix
 * seconds) are numbers, and unknown values are absent. Properties that begin with `_` are private to the server.
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

/** Returns the error of a failed run, or else its last event. */
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

/** Builds the body of `GET /api/article/<id>`. Version and run numbers are strings; version 0 is present only if it has runs. */
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
    const property = properties.get(name)
    return property === undefined ? [] : [[name, property.value]]
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

/** Merges consecutive events of one type into the last one; `start-timestamp` and `duration` are additions to the original. */
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
