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
  return element?.children.filter((node): node is Element => isElement(node, ...names)) ?? noElements
}

/** First child element with the name; with several names, a path downwards. */
export function childOf(element: Element | undefined, ...path: readonly string[]): Element | undefined {
  return path.reduce<Element | undefined>((at, name) => childrenOf(at, name)[0], element)
}

/** All elements below with one of the names, in document order; it does not look into elements called `except`. */
export function* descendantsOf(
  element: Element | undefined,
  names: readonly string[],
  except: readonly string[] = [],
): Generator<Element> {
  for (const child of childrenOf(element)) {
    if (names.includes(child.name)) yield child
    if (!except.includes(child.name)) yield* descendantsOf(child, names, except)
  }
}

/** The first of `descendantsOf`. */
export function firstBelow(element: Element | undefined, ...names: readonly string[]): Element | undefined {
  return descendantsOf(element, names).next().value
}

/** The text of a node and all below it, with runs of white space as one blank and none around. */
export function textOf(node: Node | undefined): string {
  return node === undefined
    ? ''
    : rawText(node)
        .replaceAll(/[\t\n\r ]+/g, ' ')
        .trim()
}

/** `textOf` an element, or undefined when it has none or is absent. */
export function wordsOf(element: Element | undefined): string | undefined {
  return textOf(element) || undefined
}

/** The attribute's value, or undefined when absent or empty. */
export function attributeOf(element: Element | undefined, name: string): string | undefined {
  return element?.attributes[name] || undefined
}

function rawText(node: Node): string {
  return typeof node === 'string' ? node : node.children.map(rawText).join('')
}
