import { attributeOf, isElement, type Element, type Node } from '../../jats/tree.ts'
import type { Block } from '../blocks.ts'

/** Code or other text that keeps its white space. */
export function codeBlocks(element: Element): readonly Block[] {
  const code = asWritten(element)
  return code.trim() ? [{ type: 'code', language: attributeOf(element, 'language'), code }] : []
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
