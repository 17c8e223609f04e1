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
 * Returns the classes in which an identifier is set, as `mathvariant` says: browsers know only `normal` of it. One letter is italic
 * by itself, in the letters of the font for formulas.
 */
export function letterClasses({ name, attributes, children }: Element): string | undefined {
  const variant = attributes.get('mathvariant') ?? ''
  const isLetter = name === 'mi' && /^.$/u.test(textOf(children).trim())
  const [isItalic, isBold] = [variant.includes('italic'), variant.includes('bold')]
  const classes = [
    ...(isItalic && !isLetter ? ['math-italic'] : []),
    ...(isBold ? ['math-bold'] : []),
    ...(isBold && !isItalic && isLetter ? ['math-upright'] : []),
  ]
  return classes.length > 0 ? classes.join(' ') : undefined
}

/**
 * A bar as TeX sets it, without space and not stretched, where its attributes say nothing else. Browsers take one inside a row for a
 * relation: the two bars of a norm would stand apart, and one with an index would be of another height.
 */
export function bar(element: Element): Element {
  const { attributes, children } = element
  if (!/^[|‖]+$/.test(textOf(children).trim())) return element
  if (['form', 'fence', 'separator', 'stretchy'].some((name) => attributes.has(name))) return element
  const plain = [
    ['lspace', '0'],
    ['rspace', '0'],
    ['stretchy', 'false'],
  ] as const
  return { ...element, attributes: new Map([...plain, ...attributes]) }
}
