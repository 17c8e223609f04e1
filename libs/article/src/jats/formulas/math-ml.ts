import { escapeAttribute, escapeText } from '../escape.ts'
import { isElement, textOf, type Element, type Node } from '../tree.ts'

/** Attributes that could run or fetch something, or cover the page. */
const unsafeAttribute = /^(?:on|href$|src$|style$)/i

/** Elements of MathML that hold text; in all others text is in one of these. */
const tokens = new Set(['mi', 'mn', 'mo', 'ms', 'mtext'])

/** Another way to say the formula, not another part of it. */
const annotations = ['mml:annotation', 'mml:annotation-xml']

/**
 * A formula as MathML without prefix, which is what HTML knows: `<math><mi>x</mi></math>`.
 * Only elements of MathML pass, and of attributes none that could run or fetch anything. Of other elements the words stay.
 */
export function mathMl(node: Node, within = 'math'): string {
  if (!isElement(node)) return tokens.has(within) ? escapeText(node) : looseText(node)
  const name = nameInHtml(node)
  if (name === undefined) return node.children.map((child) => mathMl(child, within)).join('')
  if (name === '') return ''
  const attributes = Object.entries(node.attributes)
    .filter(([key]) => /^[a-z]+$/i.test(key) && !unsafeAttribute.test(key))
    .map(([key, value]) => ` ${key}="${escapeAttribute(value)}"`)
  return `<${name}${attributes.join('')}>${node.children.map((child) => mathMl(child, name)).join('')}</${name}>`
}

/** The TeX that a formula in MathML carries as its annotation. */
export function annotatedTex(math: Element): string | undefined {
  for (const child of math.children) {
    if (!isElement(child)) continue
    const isTex = child.name === 'mml:annotation' && /tex/i.test(child.attributes['encoding'] ?? '')
    const found = isTex ? textOf(child) : annotatedTex(child)
    if (found) return found
  }
  return undefined
}

/** White space between elements stays as it is; text that no element of MathML holds is put into one. */
function looseText(text: string): string {
  return text.trim() ? `<mtext>${escapeText(text)}</mtext>` : text
}

/** The name in HTML: undefined for what is no MathML, empty for what is left out. */
function nameInHtml({ name }: Element): string | undefined {
  if (annotations.includes(name) || name === 'script' || name === 'style') return ''
  // Of an action the browser shows the first state.
  if (name === 'mml:maction') return 'mrow'
  return /^mml:([a-z]+)$/i.exec(name)?.[1]
}
