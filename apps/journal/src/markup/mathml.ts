import { textOf, type Element, type Node } from './tree.ts'

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

/**
 * Returns the classes in which an identifier is set: one letter is italic, `mathvariant` may say otherwise. Left alone, browsers look
 * for the letter in a font of mathematical alphabets, which not every reader has.
 */
export function letterClasses({ name, attributes, children }: Element): string | undefined {
  const variant =
    attributes.get('mathvariant') ?? (name === 'mi' && /^.$/u.test(textOf(children).trim()) ? 'italic' : '')
  const classes = ['italic', 'bold'].filter((style) => variant.includes(style)).map((style) => `math-${style}`)
  return classes.length > 0 ? classes.join(' ') : undefined
}
