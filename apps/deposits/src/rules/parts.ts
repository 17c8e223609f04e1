import type { RecipientSettings } from '@continuum/settings'
import type { PublicationFacts } from './facts.ts'

/** A document of a publication for one recipient. */
export interface Part {
  /** Its name, unique within publication and recipient. */
  readonly part: string
  /** The DOIs, or the address, that it is about. */
  readonly subjects: readonly string[]
  /** A key of which there is never a second deposit, whatever is published again. */
  readonly once?: string
  /** The part of the same publication that must be confirmed first. */
  readonly before?: string
}

/** Tells if a deposit is a mail that waits for somebody to write to. */
export function isUnaddressed(
  { kind }: Pick<RecipientSettings, 'kind'>,
  { subjects }: { readonly subjects: readonly string[] },
): boolean {
  return kind === 'mail' && subjects.length === 0
}

/** The name of the part that is the article itself. */
export const articlePart = 'article'

/**
 * Lists the documents that a recipient gets of a publication, in the order in which they go out.
 *
 * @returns a text where there is none, with the reason
 */
export function partsOf(recipient: RecipientSettings, facts: PublicationFacts): readonly Part[] | string {
  switch (recipient.kind) {
    case 'crossref':
      return crossrefParts(facts)
    case 'mail':
      return mailParts(recipient, facts)
    default:
      return [{ part: articlePart, subjects: [facts.doi] }]
  }
}

/** A relation to a DOI that is not registered yet is refused or stays open: each file waits until those before are confirmed. */
function crossrefParts({ crossref }: PublicationFacts): Part[] {
  return crossref.map(({ kind, dois, after }) => {
    // They are a chain: the last of them waits for the others.
    const before = after.at(-1)
    return { part: kind, subjects: dois, ...(before !== undefined && { before }) }
  })
}

function mailParts(
  { name, audience, staff }: Extract<RecipientSettings, { kind: 'mail' }>,
  facts: PublicationFacts,
): readonly Part[] | string {
  const { articleId, version } = facts
  const once = (template: string, address: string) =>
    `mail ${name} ${articleId} v${version} ${template} ${address.toLowerCase()}`
  if (audience === 'staff') {
    const address = staff ?? ''
    return address === ''
      ? 'no address of staff is set'
      : [{ part: `staff:${address}`, subjects: [address], once: once('staff', address) }]
  }
  const { mail } = facts
  if ('none' in mail) return mail.none
  const features = staff === undefined ? [] : [staff]
  const people = facts.addresses.map((each) => each.address)
  const addresses = mail.to === 'features' ? features : people
  if (addresses.length === 0)
    return mail.to === 'features'
      ? 'no address of the features team is set'
      : [{ part: mail.template, subjects: [], once: `mail ${name} ${articleId} v${version} ${mail.template}` }]
  const copies = mail.alsoFeatures ? features.filter((address) => !people.includes(address)) : []
  return [...new Set([...addresses, ...copies])].map((address) => ({
    part: `${mail.template}:${address}`,
    subjects: [address],
    once: once(mail.template, address),
  }))
}
