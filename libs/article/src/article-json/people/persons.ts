import type { Contributor } from '../../jats/contributors.ts'
import { childrenOf, isElement, type Element } from '../../jats/tree.ts'
import type { Paragraph } from '../blocks.ts'
import { plainParagraphs } from '../titled.ts'
import { personName, type PersonName } from './people.ts'

/** The name of a person, in parts where it has them. */
export function nameOf({ prefix, givenNames, surname, suffix, wholeName }: Contributor): PersonName {
  if (wholeName !== undefined) return { preferred: wholeName, index: wholeName }
  const { preferred, index } = personName(givenNames, surname, suffix)
  return { preferred: [prefix, preferred].filter(Boolean).join(' '), index }
}

/** Paragraphs of a note about people, whatever blocks it has them in; its label is left out. */
export function peopleNotes(note: Element): readonly Paragraph[] {
  return plainParagraphs(paragraphsIn(note), {})
}

/** The biography of somebody. */
export function biographyOf(elements: readonly Element[]): readonly Paragraph[] {
  return elements.flatMap((element) => (element.name === 'p' ? plainParagraphs([element], {}) : peopleNotes(element)))
}

function paragraphsIn(element: Element): readonly Element[] {
  const blocks = childrenOf(element, 'p', 'title', 'sec', 'list', 'list-item', 'def-list', 'disp-quote')
  if (blocks.length === 0)
    return [{ ...element, children: element.children.filter((node) => !isElement(node, 'label')) }]
  return blocks.flatMap((child) => (child.name === 'p' || child.name === 'title' ? [child] : paragraphsIn(child)))
}
