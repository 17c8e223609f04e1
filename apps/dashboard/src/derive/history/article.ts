import type { Event, Property } from '@continuum/messages'
import { deduplicate, propertiesInOrder } from './order.ts'
import { byBeginning, runsOf } from './runs.ts'
import { versionOf } from './version.ts'
import type { Article, KnownRun, Received, PropertyValue, Version } from './model.ts'

/**
 * Derives an article from its messages. The result does not depend on the order in which the messages arrived, or on how
 * often.
 */
export function deriveArticle(id: string, received: readonly Received[]): Article {
  const messages = deduplicate(received)
  const properties = Map.groupBy(propertiesInOrder(messages.filter(isProperty)), ({ message }) =>
    Number(message.version),
  )
  const runs = Map.groupBy(runsOf(messages.filter(isEvent)), ({ version }) => version)
  const numbers = [...new Set([...properties.keys(), ...runs.keys()])].toSorted((a, b) => a - b)
  return {
    id,
    versions: numbers.map((number) => versionOf(number, runs.get(number) ?? [], properties.get(number) ?? [])),
  }
}

/** The properties of a single run: those of another run are never shown in their place. */
const runProperties = new Set(['findings', 'losses', 'publication-mode', 'path'])

/** Merges properties: the version's override the article's, and the run's override both. */
export function propertiesOf(article: Article, version: Version, run?: KnownRun): Map<string, PropertyValue> {
  const ofArticle = article.versions.find(({ number }) => number === 0)?.properties ?? new Map<string, PropertyValue>()
  const ofVersion = [...version.properties].filter(
    ([name, value]) => !run || !runProperties.has(name) || value.run === undefined || value.run === run.id,
  )
  return new Map([...ofArticle, ...ofVersion, ...(run?.properties ?? [])])
}

/** Returns the text of a property, or undefined if it is absent or empty. */
export function textOf(properties: Map<string, PropertyValue>, name: string): string | undefined {
  const value = properties.get(name)?.value
  return value === undefined || value === '' ? undefined : String(value)
}

/** Returns the runs of all versions, oldest first. */
export function allRuns(article: Article): KnownRun[] {
  return article.versions.flatMap(({ runs }) => runs).toSorted(byBeginning)
}

/** A version and one of its runs; no run if the version has only properties. */
export interface VersionRun {
  version: Version
  run?: KnownRun
}

/**
 * Picks the version and run that an address without either leads to: the latest run of the highest version. A later
 * delivery whose version is not known yet takes precedence, unless it is waiting.
 */
export function currentOf(article: Article): VersionRun | undefined {
  const undetermined = article.versions.find(({ number }) => number === 0)
  const arriving = undetermined?.runs.findLast((run) => !run.waiting)
  const highest = article.versions.findLast(({ number }) => number > 0)
  const latest = highest?.runs.at(-1)
  if (undetermined && arriving && (latest === undefined || byBeginning(arriving, latest) > 0)) {
    return { version: undetermined, run: arriving }
  }
  if (highest) return { version: highest, ...(latest && { run: latest }) }
  return undetermined && { version: undetermined, ...lastOf(undetermined.runs) }
}

/** Returns the highest published version, with the run that published it. */
export function publishedOf(article: Article): { version: Version; run: KnownRun; at: number } | undefined {
  for (const version of article.versions.toReversed()) {
    const run = version.runs.findLast(isPublished)
    if (run) return { version, run, at: run.status?.sent ?? 0 }
  }
  return undefined
}

/** Checks that the run is published. */
export function isPublished(run: KnownRun): boolean {
  return run.status?.value === 'published'
}

function lastOf(runs: readonly KnownRun[]): { run?: KnownRun } {
  const run = runs.at(-1)
  return run ? { run } : {}
}

function isEvent(received: Received): received is Received<Event> {
  return received.message.message_type === 'event'
}

function isProperty(received: Received): received is Received<Property> {
  return received.message.message_type === 'property'
}
