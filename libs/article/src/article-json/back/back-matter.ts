import { htmlOf } from '../../jats/markup.ts'
import { attributeOf, childOf, childrenOf, descendantsOf, type Element } from '../../jats/tree.ts'
import type { Appendix, Block, Paragraph } from '../blocks.ts'
import { blocksOf } from '../body.ts'
import { markupContext, type FilePlaces } from '../conversion.ts'
import { ownDoi, plainParagraphs } from '../titled.ts'

/** Who is thanked. */
export function acknowledgementsOf(root: Element, places: FilePlaces): readonly Block[] {
  return childrenOf(childOf(root, 'back'), 'ack').flatMap((ack) => blocksOf(ack, places))
}

/** Appendices that have something in them. */
export function appendicesOf(root: Element, places: FilePlaces): readonly Appendix[] {
  const apps = [...descendantsOf(childOf(root, 'back'), ['app'])]
  return apps.flatMap((app, index) => {
    const content = blocksOf(app, places)
    const context = markupContext(places)
    const title = htmlOf(childOf(app, 'title'), context) || htmlOf(childOf(app, 'label'), context)
    const id = attributeOf(app, 'id') ?? `appendix-${index + 1}`
    return content.length > 0 ? [{ id, doi: ownDoi(app), title: title || `Appendix ${index + 1}`, content }] : []
  })
}

/** What is said about experiments on people and animals. */
export function ethicsOf(root: Element): readonly Paragraph[] {
  const groups = [...descendantsOf(childOf(root, 'back'), ['fn-group'])]
  const ethics = groups.filter((group) => attributeOf(group, 'content-type') === 'ethics-information')
  const notes = ethics.flatMap((group) => childrenOf(group, 'fn'))
  return notes.flatMap((note) => plainParagraphs(childrenOf(note, 'p'), {}))
}
