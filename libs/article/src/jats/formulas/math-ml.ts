import { escapeAttribute, escapeText } from '../escape.ts'
import { isElement, type Element, type Node } from '../tree.ts'

/** Attributes that could run or fetch something, or cover the page. */
const unsafeAttribute = /^(?:on|href$|src$|style$)/i

/**
 * A formula as MathML without prefix, which is what HTML knows: `<math><mi>x</mi></math>`.
 * Only elements of MathML pass, and of attributes none that could run or fetch anything.
 */
export function mathMl(node: Node): string {
  if (!isElement(node)) return escapeText(node)
  const name = nameInHtml(node)
  if (!name) return ''
  const attributes = Object.entries(node.attributes)
    .filter(([key]) => /^[a-z]+$/i.test(key) && !unsafeAttribute.test(key))
    .map(([key, value]) => ` ${key}="${escapeAttribute(value)}"`)
  return `<${name}${attributes.join('')}>${node.children.map(mathMl).join('')}</${name}>`
}

function nameInHtml({ name }: Element): string | undefined {
  const known = /^mml:(?!annotation|maction$)([a-z]+)$/i.exec(name)
  return known?.[1]
}
