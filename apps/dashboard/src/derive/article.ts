import type { Event, Property } from '@continuum/messages'
import { asSaid, once } from './order.ts'
import { byBeginning, runsOf } from './runs.ts'
import type { Article, Received, Run, Said, Version } from './words.ts'

/**
 * All that is known of an article, from all that was said of it: the same for any order and any number of deliveries of
 * the same messages.
 */
export function deriveArticle(id: string, received: readonly Received[]): Article {
  const messages = once(received)
  const versions = new Map<number, Version>()
  const version = (number: number): Version => {
    const known = versions.get(number) ?? { number, properties: new Map<string, Said>(), runs: [] }
    versions.set(number, known)
    return known
  }
  for (const { sent, message } of asSaid(messages.filter(isProperty))) {
    version(Number(message.version)).properties.set(message.name, { value: message.value, sent })
  }
  for (const run of runsOf(messages.filter(isEvent))) version(run.version).runs.push(run)
  return { id, versions: [...versions.values()].toSorted((a, b) => a.number - b.number) }
}

/** The version's properties over those of the whole article. */
export function propertiesOf(article: Article, version: Version): Map<string, Said> {
  const ofArticle = article.versions.find(({ number }) => number === 0)?.properties ?? new Map<string, Said>()
  return new Map([...ofArticle, ...version.properties])
}

/** The text of a property, or undefined where it was never said or is empty. */
export function textOf(properties: Map<string, Said>, name: string): string | undefined {
  const value = properties.get(name)?.value
  return value === undefined || value === '' ? undefined : String(value)
}

/** All runs of all versions, oldest first. */
export function allRuns(article: Article): Run[] {
  return article.versions.flatMap(({ runs }) => runs).toSorted(byBeginning)
}

/**
 * The version and the run that an article's row tells of: the highest version, and its latest run. A delivery that
 * came after that run and whose version is not known yet goes before it, unless it waits for its turn.
 */
export function currentOf(article: Article): { version: Version; run?: Run } | undefined {
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

/** The deliveries of the article that wait for their turn. */
export function waitingRuns(article: Article): Run[] {
  return allRuns(article).filter((run) => run.waiting)
}

function lastOf(runs: readonly Run[]): { run?: Run } {
  const run = runs.at(-1)
  return run ? { run } : {}
}

function isEvent(received: Received): received is Received<Event> {
  return received.message.message_type === 'event'
}

function isProperty(received: Received): received is Received<Property> {
  return received.message.message_type === 'property'
}
