import { allRuns, isPublished, propertiesOf, textOf } from '../history/article.ts'
import { deliveryOf } from '../history/delivery.ts'
import { byBeginning } from '../history/runs.ts'
import type { Article, ArticleRequest, KnownRun, RunState, Version } from '../history/model.ts'
import { runStateOf } from './run-state.ts'
import { withdrawalOf } from './withdrawal.ts'

/** Returns the versions that are public, ascending. */
export function publicVersions(article: Article): Version[] {
  return article.versions.filter(({ number, runs }) => number > 0 && runs.some(isPublished))
}

/** Returns the run of a version that readers get. */
export function publicRun({ runs }: Version): KnownRun | undefined {
  return runs.findLast(isPublished)
}

/** Says what a publication replaces for readers, and what stays as it is. */
export function replacementText(article: Article, version: number): string {
  if (withdrawalOf(article) !== undefined) return 'The article is withdrawn: readers get none of its versions.'
  const numbers = publicVersions(article).map(({ number }) => number)
  const others = numbers.filter((number) => number !== version)
  if (numbers.includes(version)) {
    const rest = others.length === 0 ? '' : `; ${versionsText(others)} ${others.length === 1 ? 'is' : 'are'} unchanged`
    return `Replaces the text of version ${version}, which is public${rest}.`
  }
  const newest = others.at(-1)
  if (newest === undefined) return 'Nothing of this article is public yet: this is its first version.'
  if (newest > version) return `Is added to the earlier versions; version ${newest}, which is public, stays the newest.`
  const stay = others.length === 1 ? 'which stays public at its own address' : ''
  const all = `; ${versionsText(others)} stay public, each at its own address`
  return `Becomes the newest version, in place of version ${newest}${stay === '' ? all : `, ${stay}`}.`
}

/** Says which date of publication readers will see. Dates are days in UTC, as on the journal's site. */
export function dateText(article: Article, version: Version, run: KnownRun, now: Temporal.Instant): string {
  const published = publicVersions(article).find(({ number }) => number === version.number)
  const before = published && dayOf(textOf(propertiesOf(article, published, publicRun(published)), 'publication-date'))
  if (published) return before === undefined ? 'keeps its date' : `keeps its date, ${before}`
  const own = textOf(propertiesOf(article, version, run), 'publication-date')
  const given = version.number === 1 ? dayOf(own) : undefined
  if (given === undefined) return 'the day of its publication'
  const ahead = own !== undefined && Temporal.Instant.compare(Temporal.Instant.from(own), now) > 0
  return ahead ? `${given}, from the XML. It waits for that day: nothing is public before.` : `${given}, from the XML`
}

/** A delivery that came after a run. */
export interface NewerDelivery {
  readonly version: number
  readonly run: string
  readonly number: number
  readonly state: RunState
  readonly file: string | undefined
}

/** Lists the deliveries of an article that came after a run, oldest first. */
export function newerDeliveries(
  article: Article,
  run: KnownRun,
  requests: readonly ArticleRequest[],
): readonly NewerDelivery[] {
  return allRuns(article)
    .filter((other) => byBeginning(other, run) > 0)
    .map((other) => ({
      version: other.version,
      run: other.id,
      number: other.number,
      state: runStateOf(other, requests),
      file: deliveryOf(other)?.file_name,
    }))
}

function versionsText(numbers: readonly number[]): string {
  const last = numbers.at(-1)
  return numbers.length < 2 ? `version ${last}` : `versions ${numbers.slice(0, -1).join(', ')} and ${last}`
}

function dayOf(text: string | undefined): string | undefined {
  try {
    return text === undefined ? undefined : Temporal.Instant.from(text).toString().slice(0, 10)
  } catch {
    return undefined
  }
}
