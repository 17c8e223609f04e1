import { childrenOf, isElement, textOf, type Element, type Node } from './tree.ts'

/** The words of an element; where it has only parts, these with commas between them. */
export function pieces(element: Element): readonly Node[] {
  const { children } = element
  if (children.some((node) => !isElement(node) && node.trim() !== '')) return children
  const parts = childrenOf(element).filter((part) => textOf(part) !== '')
  return parts.flatMap((part, index) => [...(index > 0 ? [', '] : []), ...(isAround(part) ? pieces(part) : [part])])
}

function isAround({ name }: Element): boolean {
  return name.endsWith('-group') || ['conference', 'contrib', 'name', 'date'].includes(name)
}
