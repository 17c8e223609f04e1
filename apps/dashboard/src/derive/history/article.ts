import type { Event, Property } from '@continuum/messages'
import { deduplicate, propertiesInOrder } from './order.ts'
import { byBeginning, runsOf } from './runs.ts'
import { versionOf } from './version.ts'
import type { Article, KnownRun, Received, PropertyValue, Version } from './model.ts'

/**
 * All that is known of an article, from all that was said of it: the same for any order and any number of deliveries of
 * the same messages.
 */
export function deriveArticle(id: string, received: readonly Received[]): Article {
  const messages = deduplicate(received)
  const said = Map.groupBy(propertiesInOrder(messages.filter(isProperty)), ({ message }) => Number(message.version))
  const runs = Map.groupBy(runsOf(messages.filter(isEvent)), ({ version }) => version)
  const numbers = [...new Set([...said.keys(), ...runs.keys()])].toSorted((a, b) => a - b)
  return { id, versions: numbers.map((number) => versionOf(number, runs.get(number) ?? [], said.get(number) ?? [])) }
}

/** What a run has to say for itself: nothing of another one is shown in its place. */
const ofOneRun = new Set(['findings', 'publication-mode', 'path'])

/** The version's properties over those of the whole article; with a run, that run's over both. */
export function propertiesOf(article: Article, version: Version, run?: KnownRun): Map<string, PropertyValue> {
  const ofArticle = article.versions.find(({ number }) => number === 0)?.properties ?? new Map<string, PropertyValue>()
  const ofVersion = [...version.properties].filter(
    ([name, said]) => !run || !ofOneRun.has(name) || said.run === undefined || said.run === run.id,
  )
  return new Map([...ofArticle, ...ofVersion, ...(run?.properties ?? [])])
}

/** The text of a property, or undefined where it was never said or is empty. */
export function textOf(properties: Map<string, PropertyValue>, name: string): string | undefined {
  const value = properties.get(name)?.value
  return value === undefined || value === '' ? undefined : String(value)
}

/** All runs of all versions, oldest first. */
export function allRuns(article: Article): KnownRun[] {
  return article.versions.flatMap(({ runs }) => runs).toSorted(byBeginning)
}

/** A run and its version; no run where a version has properties alone. */
export interface VersionRun {
  version: Version
  run?: KnownRun
}

/**
 * The version and the run that an address leads to which names neither: the highest version, and its latest run. A
 * delivery that came after that run and whose version is not known yet goes before it, unless it waits for its turn.
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

/** The highest version that readers can find, with the run that made it so. */
export function publishedOf(article: Article): { version: Version; run: KnownRun; at: number } | undefined {
  for (const version of article.versions.toReversed()) {
    const run = version.runs.findLast(isPublished)
    if (run) return { version, run, at: run.status?.sent ?? 0 }
  }
  return undefined
}

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
