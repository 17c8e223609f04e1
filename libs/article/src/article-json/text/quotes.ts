import { htmlOf, inlineHtml } from '../../jats/markup.ts'
import { attributeOf, childOf, childrenOf, isElement, type Element, type Node } from '../../jats/tree.ts'
import { attributionOf } from '../attribution.ts'
import { headingParagraph, paragraph, withoutSections, type Block, type Paragraph } from '../blocks.ts'
import { markupContext, type Conversion } from '../conversion.ts'
import { ownParts, titleOf } from '../titled.ts'
import { labelled } from './lists.ts'

/** A quotation: paragraphs, or an excerpt where there is more in it. */
export function quoteBlocks(quote: Element, conversion: Conversion): readonly Block[] {
  return quoted(quote, conversion.blocks(ownParts(quote)), conversion)
}

/** Verse as a quotation that keeps its lines. */
export function verseBlocks(verse: Element, conversion: Conversion): readonly Block[] {
  return quoted(verse, stanzas(verse, conversion), conversion)
}

function stanzas(verse: Element, conversion: Conversion): readonly Block[] {
  const context = markupContext(conversion)
  const blocks: Block[] = []
  let lines: string[] = []
  const endLines = () => {
    blocks.push(...paragraph(lines.join('<br>')))
    lines = []
  }
  for (const node of ownParts(verse, 'subtitle')) {
    if (!isElement(node, 'verse-group')) lines.push(inlineHtml([lineContent(node)].flat(), context))
    else {
      endLines()
      blocks.push(...titlesOf(node, conversion), ...stanzas(node, conversion))
    }
    lines = lines.filter(Boolean)
  }
  endLines()
  return blocks
}

function lineContent(node: Node): Node | readonly Node[] {
  return isElement(node, 'verse-line') ? node.children : node
}

function quoted(element: Element, content: readonly Block[], conversion: Conversion): readonly Block[] {
  const cite = attributionOf(element, markupContext(conversion)).join(' ') || undefined
  const blocks = withoutSections([...titlesOf(element, conversion), ...content])
  const text = blocks.filter((block): block is Paragraph => block.type === 'paragraph')
  if (blocks.length === 0) return paragraph(cite ?? '')
  // The words of an editor or reviewer that a reply answers are an excerpt of the letter.
  const isExcerpt = text.length < blocks.length || /comment/.test(attributeOf(element, 'content-type') ?? '')
  return [isExcerpt ? { type: 'excerpt', content: blocks, cite } : { type: 'quote', text, cite }]
}

function titlesOf(element: Element, conversion: Conversion): readonly Block[] {
  const context = markupContext(conversion)
  const parts = [htmlOf(childOf(element, 'label'), context), titleOf(element, context)]
  const title = parts.filter(Boolean).join(' ')
  return title ? [headingParagraph(title)] : []
}

/** Words that somebody says: the speaker's name in bold before it. */
export function speechBlocks(speech: Element, conversion: Conversion): readonly Block[] {
  const speakers = childrenOf(speech, 'speaker').map((speaker) => htmlOf(speaker, markupContext(conversion)))
  const name = speakers.filter(Boolean).join(', ')
  return labelled(name && `<b>${name}</b>`, conversion.blocks(ownParts(speech, 'speaker')))
}
