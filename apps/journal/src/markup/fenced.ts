import type { Element, Node } from './tree.ts'

/**
 * `mfenced`, which browsers no longer show, as what it stands for: `(a, b)` as a row of operators and the parts between.
 */
export function fenced(element: Element): Element {
  const { attributes } = element
  const separators = Array.from((attributes.get('separators') ?? ',').replaceAll(/\s/g, ''))
  const parts = element.children.filter((child) => typeof child !== 'string' || child.trim() !== '')
  const between = parts.flatMap((part, index): Node[] => {
    const separator = separators[Math.min(index, separators.length) - 1] ?? separators.at(-1)
    return index > 0 && separator ? [operator(separator, 'separator'), part] : [part]
  })
  const children = [
    operator(attributes.get('open') ?? '(', 'fence'),
    ...between,
    operator(attributes.get('close') ?? ')', 'fence'),
  ]
  return { name: 'mrow', attributes: new Map(), children }
}

function operator(character: string, role: 'fence' | 'separator'): Element {
  return { name: 'mo', attributes: new Map([[role, 'true']]), children: [character] }
}
