import { attributeOf, isElement, type Element, type Node } from '../../jats/tree.ts'
import { attributionOf } from '../attribution.ts'
import { paragraph, type Block } from '../blocks.ts'
import { markupContext, type Conversion } from '../conversion.ts'

/** Code or other text that keeps its white space, and after it the maker of it and the terms of its use. */
export function codeBlocks(element: Element, conversion: Conversion): readonly Block[] {
  const children = element.children.filter((node) => !isElement(node, 'attrib', 'permissions'))
  const code = asWritten({ ...element, children })
  const block: Block = { type: 'code', language: attributeOf(element, 'language'), code }
  const credits = attributionOf(element, markupContext(conversion)).flatMap(paragraph)
  return code.trim() ? [block, ...credits] : credits
}

/** Tells if code stands within a line of text: it is one line, and there are words beside it. */
export function isInlineCode(node: Node, beside: readonly Node[]): boolean {
  if (!isElement(node, 'code', 'preformat') || /\S[^]*\n[^]*\S/.test(asWritten(node))) return false
  return beside.some((other) => (isElement(other) ? other !== node && isInline(other) : /\S/.test(other)))
}

function isInline(node: Element): boolean {
  return isElement(node, 'bold', 'italic', 'xref', 'monospace', 'ext-link', 'sup', 'sub')
}

/** The text with its white space; breaks are new lines. */
function asWritten(node: Node): string {
  if (!isElement(node)) return node
  return node.name === 'break' ? '\n' : node.children.map(asWritten).join('')
}
