import { leavesOf, wordsIn } from '../../jats/coverage.ts'
import { htmlOf } from '../../jats/markup.ts'
import { attributeOf, childrenOf, isElement, textOf, type Element } from '../../jats/tree.ts'

/** Elements that are only around others. */
const wrappers = ['person-group', 'date', 'name-alternatives', 'collab-alternatives', 'conference']

/**
 * Parts of a citation whose words the record made of it does not have: `Suppl 1`, `Epub ahead of print`, a translator. Each
 * word of the record stands for one of the citation: a book of an editor who is its author too names him twice.
 *
 * @param except elements that the record has in another form
 */
export function remainderOf(citation: Element, record: object, except: readonly string[] = []): readonly string[] {
  const words = stockOf(record)
  const parts = childrenOf(citation)
    .filter((child) => !except.includes(child.name))
    .flatMap(partsOf)
  // Long parts first: `Oxford` is not said by `Oxford University Press`, which is a part itself.
  const byLength = parts
    .map((part) => ({ part, own: wordsIn(textOf(part)) }))
    .toSorted((a, b) => b.own.length - a.own.length)
  const missing = new Set(
    byLength
      .filter(({ part, own }) => !words.take(own) && !words.take(wordsIn(leavesOf(part).join(' '))))
      .map(({ part }) => part),
  )
  const loose = citation.children.filter((node) => !isElement(node)).map(textOf)
  const said = childrenOf(citation).flatMap((child) => remainingIn(child, missing))
  const isLost = (own: readonly string[]) => own.length > 0 && !words.take(own)
  return [...said.filter(Boolean), ...loose.filter((text) => isLost(wordsIn(text)))]
}

/** The words that the record shows, of which each can be taken once. */
function stockOf(record: object) {
  const counts = new Map<string, number>()
  const add = (word: string) => counts.set(word, (counts.get(word) ?? 0) + 1)
  const isLettered = 'date' in record && 'discriminator' in record && Boolean(record.discriminator)
  const { date, discriminator, ...others } = { date: '', discriminator: '', ...record }
  for (const text of shownIn(isLettered ? others : record)) wordsIn(text).forEach(add)
  // `2007a` is one word in the XML.
  if (isLettered) add(`${date}${discriminator}`)
  return {
    /** Takes all of these words, or none of them. */
    take: (wanted: readonly string[]): boolean => {
      const lacking = wanted.findIndex((word) => {
        const left = counts.get(word) ?? 0
        if (left > 0) counts.set(word, left - 1)
        return left === 0
      })
      if (lacking >= 0) wanted.slice(0, lacking).forEach(add)
      return lacking < 0
    },
  }
}

/** Keys whose values are for machines, or say again what another one says. */
const unshown = new Set(['id', 'label', 'type', 'index', 'first', 'components'])

/** Every text in a value that is shown, however deep. */
function shownIn(value: unknown): readonly string[] {
  if (typeof value === 'string' || typeof value === 'number') return [String(value)]
  if (typeof value !== 'object' || value === null) return []
  if (Array.isArray(value)) return value.flatMap(shownIn)
  return Object.entries(value).flatMap(([key, item]) => (unshown.has(key) ? [] : shownIn(item)))
}

function partsOf(element: Element): readonly Element[] {
  if (textOf(element) === '' || element.name === 'etal') return []
  return wrappers.includes(element.name) ? childrenOf(element).flatMap(partsOf) : [element]
}

function remainingIn(element: Element, missing: ReadonlySet<Element>): readonly string[] {
  if (!wrappers.includes(element.name))
    return missing.has(element) ? [nameOf(element) ?? htmlOf({ ...element, children: [element] })] : []
  const parts = childrenOf(element).flatMap((child) => remainingIn(child, missing))
  if (element.name !== 'person-group') return parts
  const type = attributeOf(element, 'person-group-type')
  const isNamed = parts.length > 0 && type && type !== 'author'
  return isNamed ? [`${parts.join(', ')} (${type})`] : parts
}

/** `Given Surname`: the parts of a name stand together in the XML without blanks. */
function nameOf(element: Element): string | undefined {
  if (element.name !== 'name') return undefined
  return [...childrenOf(element, 'given-names'), ...childrenOf(element, 'surname', 'suffix')].map(textOf).join(' ')
}
