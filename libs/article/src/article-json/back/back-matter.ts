import { htmlOf } from '../../jats/markup.ts'
import { attributeOf, childOf, childrenOf, descendantsOf, isElement, textOf, type Element } from '../../jats/tree.ts'
import { attributionOf } from '../attribution.ts'
import { paragraph, type Appendix, type Block, type Paragraph } from '../blocks.ts'
import { blocksOf } from '../body.ts'
import { markupContext, type FilePlaces } from '../conversion.ts'
import { ownDoi, plainParagraphs } from '../titled.ts'

/** The acknowledgements; those with a heading that says more than that are a section. */
export function acknowledgementsOf(article: Element, places: FilePlaces): readonly Block[] {
  const acks = [...descendantsOf(childOf(article, 'back'), ['ack'], ['ack', 'ref-list'])]
  return acks.flatMap((ack): readonly Block[] => {
    const content = withoutNotes(ack, places)
    const headings = childrenOf(ack, 'label', 'title')
    const title = headings
      .map((part) => htmlOf(part, markupContext(places)))
      .filter(Boolean)
      .join(' ')
    const isUsual = /^acknowledge?ments?[.:]?$/i.test(headings.map(textOf).join(' ').trim())
    if (!title || content.length === 0 || isUsual) return content
    return [{ type: 'section', id: attributeOf(ack, 'id'), title, content }]
  })
}

/** Appendices that have something in them. */
export function appendicesOf(article: Element, places: FilePlaces): readonly Appendix[] {
  const apps = [...descendantsOf(childOf(article, 'back'), ['app'], ['app'])]
  return apps.flatMap((app, index) => {
    const frame = frameIn(app)
    const context = markupContext(places)
    const terms = attributionOf(app, context).flatMap(paragraph)
    const content = [...withoutNotes(frame ? unframed(app, frame) : app, places), ...terms]
    const title = [htmlOf(childOf(app, 'label'), context), htmlOf(childOf(app, 'title'), context)].filter(Boolean)
    const id = attributeOf(app, 'id') ?? `appendix-${index + 1}`
    const [around, ...others] = [...descendantsOf(app, ['boxed-text'])].filter(isFrame)
    const doi = ownDoi(app) ?? (around && others.length === 0 ? ownDoi(around) : undefined)
    return content.length > 0 ? [{ id, doi, title: title.join(' ') || `Appendix ${index + 1}`, content }] : []
  })
}

/** The one box without a heading that holds all of an appendix: it is a frame, and its sections are those of the appendix. */
function frameIn(app: Element): Element | undefined {
  const boxes = childrenOf(app, 'boxed-text')
  const [box] = boxes
  return boxes.length === 1 && box && isFrame(box) ? box : undefined
}

function isFrame(box: Element): boolean {
  return !childOf(box, 'label') && !childOf(box, 'caption') && !childOf(box, 'title')
}

function unframed(app: Element, frame: Element): Element {
  return { ...app, children: app.children.flatMap((node) => (node === frame ? frame.children : [node])) }
}

/** Groups of notes and lists of references have places of their own. */
function withoutNotes(element: Element, places: FilePlaces): readonly Block[] {
  return blocksOf(
    { ...element, children: element.children.filter((node) => !isElement(node, 'fn-group', 'ref-list', 'app')) },
    places,
  )
}

/** The statements about experiments on people and animals. */
export function ethicsOf(root: Element): readonly Paragraph[] {
  const groups = [...descendantsOf(childOf(root, 'back'), ['fn-group'])]
  const ethics = groups.filter((group) => attributeOf(group, 'content-type') === 'ethics-information')
  const notes = ethics.flatMap((group) => childrenOf(group, 'fn'))
  return notes.flatMap((note) => plainParagraphs(childrenOf(note, 'p'), {}))
}
