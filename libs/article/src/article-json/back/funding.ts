import { metaOf } from '../../jats/article-parts.ts'
import { isCovered } from '../../jats/coverage.ts'
import { htmlOf } from '../../jats/markup.ts'
import {
  attributeOf,
  childOf,
  childrenOf,
  descendantsOf,
  firstBelow,
  isElement,
  textOf,
  type Element,
} from '../../jats/tree.ts'
import { personName, type Group, type Person, type Place } from '../people/people.ts'

interface Award {
  readonly id: string
  /** Absent where the article names no funder. */
  readonly source?: (Place & { readonly funderId?: string | undefined }) | undefined
  readonly awardId?: string | undefined
  readonly recipients?: readonly (Person | Group)[]
  /** The award's name and purpose, with inline HTML. Not of the public API. */
  readonly details?: string | undefined
}

export interface Funding {
  readonly awards?: readonly Award[]
  readonly statement?: string | undefined
  /** The words about who pays for free access, with inline HTML. Not of the public API. */
  readonly openAccess?: string | undefined
}

/** The funding of the work, or undefined when the article does not say who paid. */
export function fundingOf(article: Element): Funding | undefined {
  const meta = metaOf(article)
  const groups = childrenOf(meta, 'funding-group', 'support-group', 'contributed-resource-group')
  const loose = ['contract-num', 'contract-sponsor', 'grant-num', 'grant-sponsor']
  const awards = [
    ...groups.flatMap((group) => childrenOf(group, 'award-group')),
    // NLM names sponsors and numbers without a group around them.
    ...childrenOf(meta, ...loose).filter(({ name }) => name.endsWith('sponsor')),
  ].map(awardOf)
  const numbers = childrenOf(meta, ...loose).filter(({ name }) => name.endsWith('num'))
  const statement = [
    ...groups.flatMap((group) => childrenOf(group).filter(({ name }) => statements.has(name))),
    ...numbers,
  ]
    .map((text) => htmlOf(text))
    .filter(Boolean)
    .join(' ')
  const openAccess = groups
    .flatMap((group) => [...childrenOf(group, 'open-access')].flatMap((open) => childrenOf(open, 'p')))
    .map((text) => htmlOf(text))
    .join(' ')
  if (awards.length === 0 && !statement && !openAccess) return undefined
  return {
    awards,
    statement: statement || (awards.length > 0 ? undefined : openAccess),
    openAccess: statement || awards.length > 0 ? openAccess || undefined : undefined,
  }
}

/** Elements by which a group of funders says more than its awards. */
const statements = new Set(
  'funding-statement support-description support-source funding-source resource-group resource-wrap'.split(' '),
)

/** Those who got an award, as JATS 1.0 and later and as NLM call them. */
const recipients = ['principal-award-recipient', 'principal-investigator', 'investigator']

function awardOf(award: Element, index: number): Award {
  const sources = award.name === 'award-group' ? childrenOf(award, 'funding-source', 'support-source') : [award]
  const funderId = sources
    .map((source) => /10\.\d{4,}\/\S+$/.exec(textOf(firstBelow(source, 'institution-id')))?.[0])
    .find((id) => id !== undefined)
  const name = sources.flatMap(namesOf)
  const awardIds = childrenOf(award, 'award-id', 'support-id').map(textOf).filter(Boolean)
  const details = childrenOf(award, 'award-name', 'award-desc').map((part) => htmlOf(part))
  return {
    id: attributeOf(award, 'id') ?? `par-${index + 1}`,
    source: name.length > 0 ? { funderId, name } : undefined,
    awardId: awardIds.join(', ') || undefined,
    recipients: childrenOf(award, ...recipients).flatMap(recipientsOf),
    details: details.filter(Boolean).join('. ') || undefined,
  }
}

/** The institutions of a source, or the whole where it has words beside them. */
function namesOf(source: Element): readonly string[] {
  const names = [...descendantsOf(source, ['institution'])].map(textOf).filter(Boolean)
  const whole = textOf(withoutIds(source))
  return whole && !isCovered(whole, names) ? [whole] : names
}

function withoutIds(element: Element): Element {
  const kept = element.children.filter((node) => !isElement(node, 'institution-id'))
  return { ...element, children: kept.map((node) => (typeof node === 'string' ? node : withoutIds(node))) }
}

/** People and groups; text without either is a group's name. */
function recipientsOf(element: Element): readonly (Person | Group)[] {
  const named = childrenOf(element, 'name', 'collab', 'institution', 'string-name')
  const text = textOf({ ...element, children: element.children.filter((node) => !isElement(node, 'contrib-id')) })
  if (named.length === 0) return text ? [{ type: 'group', name: text }] : []
  return named.map((recipient) => {
    const [given, surname] = [textOf(childOf(recipient, 'given-names')), textOf(childOf(recipient, 'surname'))]
    if (given || surname) return { type: 'person', name: personName(given, surname) }
    if (recipient.name !== 'string-name') return { type: 'group', name: textOf(recipient) }
    return { type: 'person', name: { preferred: textOf(recipient), index: textOf(recipient) } }
  })
}
