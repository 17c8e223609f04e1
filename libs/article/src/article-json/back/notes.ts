import { metaOf } from '../../jats/article-parts.ts'
import { wordsIn } from '../../jats/coverage.ts'
import { htmlOf } from '../../jats/markup.ts'
import { attributeOf, childOf, childrenOf, descendantsOf, isElement, textOf, type Element } from '../../jats/tree.ts'
import { headingParagraph, paragraph, type Note, type NoteGroup } from '../blocks.ts'
import { blocksOf } from '../body.ts'
import { markupContext, type FilePlaces } from '../conversion.ts'

/** Groups of notes that are given elsewhere. */
const ethics = 'ethics-information'

/**
 * Notes of an article's front and back matter: of its authors, and of its groups of notes.
 *
 * @param given notes, and correspondence, that are given with their authors
 */
export function notesOf(article: Element, given: ReadonlySet<Element>, places: FilePlaces): readonly NoteGroup[] {
  const meta = metaOf(article)
  const ofAuthors = [
    ...childrenOf(meta, 'author-notes').map((notes) => authorNotes(notes, given, places)),
    contributorNotes(meta, given, places),
  ]
  const ofTitle = childrenOf(childOf(meta, 'title-group'), 'fn-group')
  const ofBack = [...descendantsOf(childOf(article, 'back'), ['fn-group'], ['fn-group', 'ref-list', 'ref'])]
  const ofFront = [...descendantsOf(childOf(article, 'front'), ['fn-group'], ['article-meta', 'fn-group'])]
  const groups = [...ofTitle, ...ofFront, ...ofBack].filter((group) => attributeOf(group, 'content-type') !== ethics)
  return [...ofAuthors, ...groups.map((group) => noteGroup(group, given, places))].filter(
    ({ notes }) => notes.length > 0,
  )
}

function authorNotes(element: Element, given: ReadonlySet<Element>, places: FilePlaces): NoteGroup {
  const notes = childrenOf(element, 'corresp', 'fn', 'p', 'author-comment').flatMap((child) => {
    if (child.name === 'fn') return given.has(child) ? [] : noteOf(child, places)
    return child.name === 'corresp' && given.has(child) && saysNothing(child) ? [] : noteOf(child, places)
  })
  return { kind: 'author-notes', title: titleOf(element, places), notes }
}

/** Parts of a group of contributors, or of the metadata, that are about none of them alone. */
const ofGroups = ['author-comment', 'bio', 'fn', 'address', 'email', 'uri', 'ext-link']

function contributorNotes(meta: Element | undefined, given: ReadonlySet<Element>, places: FilePlaces): NoteGroup {
  const parts = [
    ...childrenOf(meta, 'author-comment'),
    ...childrenOf(meta, 'contrib-group').flatMap((group) => childrenOf(group, ...ofGroups)),
  ]
  const notes = parts.filter((part) => !given.has(part)).flatMap((part) => noteOf(part, places))
  return { kind: 'author-notes', notes }
}

function noteGroup(element: Element, given: ReadonlySet<Element>, places: FilePlaces): NoteGroup {
  const notes = childrenOf(element, 'fn', 'p').flatMap((child) => (given.has(child) ? [] : noteOf(child, places)))
  return { kind: 'notes', title: titleOf(element, places), notes }
}

/** Correspondence that is only e-mail addresses, which stand with the authors. */
function saysNothing(corresp: Element): boolean {
  const rest = corresp.children.filter((node) => !isElement(node, 'label', 'email'))
  return wordsIn(rest.map(textOf).join(' ')).length === 0
}

function noteOf(element: Element, places: FilePlaces): readonly Note[] {
  const context = markupContext(places)
  const inline = !['fn', 'bio', 'author-comment'].includes(element.name)
  const children = element.children.filter((node) => !isElement(node, 'label'))
  const html = htmlOf({ ...element, children }, context)
  const title = htmlOf(childOf(element, 'title'), context)
  const text = inline ? paragraph(html) : [...(title ? [headingParagraph(title)] : []), ...blocksOf(element, places)]
  if (text.length === 0) return []
  const id = attributeOf(element, 'id')
  const given = htmlOf(childOf(element, 'label'), context) || attributeOf(element, 'symbol')
  const label = given || places.text?.marks.get(id ?? '')
  return [{ id, label: label || undefined, text }]
}

function titleOf(element: Element, places: FilePlaces): string | undefined {
  const context = markupContext(places)
  const words = [childOf(element, 'label'), childOf(element, 'title')].map((part) => htmlOf(part, context))
  return words.filter(Boolean).join(' ') || undefined
}
