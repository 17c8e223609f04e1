import { isCovered, isCoveredElement, textsIn, wordsIn } from '../../jats/coverage.ts'
import { htmlOf } from '../../jats/markup.ts'
import { attributeOf, childrenOf, isElement, textOf, type Element } from '../../jats/tree.ts'

/** Elements that are only around others. */
const wrappers = ['person-group', 'date', 'name-alternatives', 'collab-alternatives', 'conference']

/**
 * Parts of a citation whose words the record made of it does not have: `Suppl 1`, `Epub ahead of print`, a translator.
 *
 * @param except elements that the record has in another form
 */
export function remainderOf(citation: Element, record: object, except: readonly string[] = []): readonly string[] {
  const known = textsIn(record)
  const said = childrenOf(citation)
    .filter((child) => !except.includes(child.name))
    .flatMap((child) => remainingIn(child, known))
    .filter((html, index, all) => all.indexOf(html) === index)
  const loose = citation.children.filter((node) => !isElement(node)).map(textOf)
  const words = loose.filter((text) => wordsIn(text).length > 0 && !isCovered(text, known))
  return [...said, ...words]
}

function remainingIn(element: Element, known: readonly string[]): readonly string[] {
  const text = textOf(element)
  if (text === '' || isCoveredElement(element, known) || element.name === 'etal') return []
  if (!wrappers.includes(element.name)) return [nameOf(element) ?? htmlOf({ ...element, children: [element] })]
  const parts = childrenOf(element).flatMap((child) => remainingIn(child, known))
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
