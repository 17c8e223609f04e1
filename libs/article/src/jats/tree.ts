/**
 * An XML document as plain values: an element is its name, its attributes and its children; text is a string.
 * Comments and processing instructions are left out. Nothing has to be freed, and nothing can be changed.
 */
export interface Element {
  /** Local name; in a namespace that JATS knows, with its usual prefix whatever the document writes: `mml:math`. */
  readonly name: string
  /** By name; namespaced ones with the usual prefix: `xlink:href`, `xml:lang`. */
  readonly attributes: Readonly<Record<string, string>>
  /** Texts that only a comment, an instruction or a CDATA section divides are one. */
  readonly children: readonly Node[]
  /** Line of the document in which its start tag ends; 65,535 also for every later one. */
  readonly line: number
}

export type Node = Element | string

const noElements: readonly Element[] = []

export function isElement(node: Node, ...names: readonly string[]): node is Element {
  return typeof node !== 'string' && (names.length === 0 || names.includes(node.name))
}

/** Child elements, all or those with one of the names. */
export function childrenOf(element: Element | undefined, ...names: readonly string[]): readonly Element[] {
  if (element === undefined) return noElements
  const found: Element[] = []
  for (const node of element.children) {
    if (typeof node !== 'string' && (names.length === 0 || names.includes(node.name))) found.push(node)
  }
  return found
}

/** First child element with the name; with several names, a path downwards. */
export function childOf(element: Element | undefined, ...path: readonly string[]): Element | undefined {
  let at = element
  for (const name of path) at = at?.children.find((node): node is Element => isElement(node, name))
  return at
}

/** All elements below with one of the names, in document order; it does not look into elements called `except`. */
export function descendantsOf(
  element: Element | undefined,
  names: readonly string[],
  except: readonly string[] = [],
): readonly Element[] {
  const found: Element[] = []
  if (element !== undefined) collect(element, names, except, found)
  return found
}

function collect(element: Element, names: readonly string[], except: readonly string[], found: Element[]): void {
  for (const child of element.children) {
    if (typeof child === 'string') continue
    if (names.includes(child.name)) found.push(child)
    if (!except.includes(child.name)) collect(child, names, except, found)
  }
}

/** The first of `descendantsOf`; it looks no further. */
export function firstOf(
  element: Element | undefined,
  names: readonly string[],
  except: readonly string[] = [],
): Element | undefined {
  for (const child of element?.children ?? []) {
    if (typeof child === 'string') continue
    if (names.includes(child.name)) return child
    const below = except.includes(child.name) ? undefined : firstOf(child, names, except)
    if (below) return below
  }
  return undefined
}

/** The first element below with one of the names. */
export function firstBelow(element: Element | undefined, ...names: readonly string[]): Element | undefined {
  return firstOf(element, names)
}

/** The first element below of each name. */
export function firstByName(element: Element): ReadonlyMap<string, Element> {
  const first = new Map<string, Element>()
  const look = (within: Element) => {
    for (const child of childrenOf(within)) {
      if (!first.has(child.name)) first.set(child.name, child)
      look(child)
    }
  }
  look(element)
  return first
}

/** The text of a node and all below it, with runs of white space as one blank and none around. */
export function textOf(node: Node | undefined): string {
  return node === undefined ? '' : oneBlank(rawText(node)).trim()
}

/** `textOf` an element, or undefined when it has none or is absent. */
export function wordsOf(element: Element | undefined): string | undefined {
  return textOf(element) || undefined
}

/** The attribute's value, or undefined when absent or empty. */
export function attributeOf(element: Element | undefined, name: string): string | undefined {
  return element?.attributes[name] || undefined
}

/** A text with runs of white space as one blank; blanks that stand alone are left, for most do. */
export function oneBlank(text: string): string {
  return text.replaceAll(/[\t\n\r]+[\t\n\r ]*| [\t\n\r ]+/g, ' ')
}

function rawText(node: Node): string {
  if (typeof node === 'string') return node
  let text = ''
  for (const child of node.children) text += rawText(child)
  return text
}
