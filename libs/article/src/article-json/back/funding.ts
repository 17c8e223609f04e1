import { htmlOf } from '../../jats/markup.ts'
import { attributeOf, childOf, childrenOf, descendantsOf, firstBelow, textOf, type Element } from '../../jats/tree.ts'
import { personName, type Group, type Person, type Place } from '../people/people.ts'

interface Award {
  readonly id: string
  readonly source: Place & { readonly funderId?: string | undefined }
  readonly awardId?: string | undefined
  readonly recipients?: readonly (Person | Group)[]
}

export interface Funding {
  readonly awards?: readonly Award[]
  readonly statement: string
}

/** Who paid, or undefined when the article does not say. The schema wants a statement beside awards. */
export function fundingOf(root: Element): Funding | undefined {
  const groups = childrenOf(childOf(root, 'front', 'article-meta'), 'funding-group')
  const awards = groups.flatMap((group) => childrenOf(group, 'award-group')).map(awardOf)
  const statement = groups
    .flatMap((group) => childrenOf(group, 'funding-statement'))
    .map((text) => htmlOf(text))
    .join(' ')
  if (awards.length === 0 && !statement) return undefined
  return { awards, statement: statement || 'The awards behind this work are listed.' }
}

function awardOf(award: Element, index: number): Award {
  const source = childOf(award, 'funding-source')
  const names = [...descendantsOf(source, ['institution'])].map(textOf).filter(Boolean)
  const funderId = /10\.\d{4,}\/\S+$/.exec(textOf(firstBelow(source, 'institution-id')))?.[0]
  return {
    id: attributeOf(award, 'id') ?? `par-${index + 1}`,
    source: { funderId, name: names.length > 0 ? names : [textOf(source) || 'Unnamed funder'] },
    awardId: textOf(childOf(award, 'award-id')) || undefined,
    recipients: childrenOf(award, 'principal-award-recipient').flatMap(recipientsOf),
  }
}

/** People and groups; text without either is a group's name. */
function recipientsOf(element: Element): readonly (Person | Group)[] {
  const named = childrenOf(element, 'name', 'collab', 'institution')
  const text = textOf(element)
  if (named.length === 0) return text ? [{ type: 'group', name: text }] : []
  return named.map((recipient) =>
    recipient.name === 'name'
      ? {
          type: 'person',
          name: personName(textOf(childOf(recipient, 'given-names')), textOf(childOf(recipient, 'surname'))),
        }
      : { type: 'group', name: textOf(recipient) },
  )
}
