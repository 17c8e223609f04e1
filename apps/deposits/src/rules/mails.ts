import type { PublicationFacts } from './facts.ts'

/** A template of a mail to authors, or the reason why none is written. */
export type MailTemplate =
  | { readonly name: 'poa' | 'vor-after-poa' | 'vor-no-poa' | 'insight-to-vor' | 'feature' }
  | { readonly name?: undefined; readonly why: string }

/** The types of article JSON whose authors are written to as authors of research. */
const research = new Set([
  'research-article',
  'research-advance',
  'research-communication',
  'review-article',
  'replication-study',
  'registered-report',
  'scientific-correspondence',
  'short-report',
  'tools-resources',
])

/** Chooses the mail that the authors of a publication get. An Insight's goes to the authors of the article that it is about. */
export function mailTemplate({ type, status, versions }: PublicationFacts): MailTemplate {
  if (type === 'insight')
    return status === 'vor' ? { name: 'insight-to-vor' } : { why: 'no mail is written for a PoA of an Insight' }
  if (type === 'feature') return { why: 'the authors of a feature are not written to' }
  if (!research.has(type)) return { why: `no mail is written for articles of the type ${type}` }
  if (status === 'poa') return { name: 'poa' }
  return { name: versions.some((version) => version.status === 'poa') ? 'vor-after-poa' : 'vor-no-poa' }
}

/** Folds an address for people who appear twice: the domain in lower case, as it is sent to. */
export function foldAddress(address: string): string {
  const at = address.lastIndexOf('@')
  return address.slice(0, at + 1) + address.slice(at + 1).toLowerCase()
}

/** Leaves the first of addresses that differ in letter case alone. */
export function uniqueAddresses<Person extends { readonly address: string }>(
  people: readonly Person[],
): readonly Person[] {
  return [...new Map(people.toReversed().map((person) => [person.address.toLowerCase(), person])).values()].toReversed()
}
