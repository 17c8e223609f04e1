import { parseMarkup, textOf, type Element, type Node } from '../markup/tree.ts'

/** A page as a tree, to ask it what a reader's browser would know. */
export function readPage(html: string) {
  const roots = parseMarkup(html.replaceAll('&#x2F;', '/').replaceAll('&#x3D;', '='))
  const all = elementsOf(roots)
  const named = (name: string) => all.filter((element) => element.name === name)
  return {
    all,
    named,
    text: (name: string) => named(name).map(({ children }) => textOf(children).replaceAll(/\s+/g, ' ').trim()),
    attribute: (name: string, attribute: string) =>
      named(name).flatMap(({ attributes }) => attributes.get(attribute) ?? []),
    headings: all
      .filter(({ name }) => /^h[1-6]$/.test(name))
      .map(({ name, children }) => ({ level: Number(name[1]), text: textOf(children).trim() })),
  }
}

function elementsOf(nodes: readonly Node[]): Element[] {
  return nodes.flatMap((node) => (typeof node === 'string' ? [] : [node, ...elementsOf(node.children)]))
}

/** Returns the faults of a page for screen readers and for browsers with a strict policy. */
export function pageFaults(html: string): string[] {
  const { all, named, headings } = readPage(html)
  const faults: string[] = []
  const ids = all.flatMap(({ attributes }) => attributes.get('id') ?? [])
  for (const id of new Set(ids)) if (ids.filter((other) => other === id).length > 1) faults.push(`id ${id} twice`)
  for (const link of named('a')) {
    const href = link.attributes.get('href') ?? ''
    if (href.startsWith('#') && !ids.includes(href.slice(1))) faults.push(`nothing at ${href}`)
  }
  if (headings.filter(({ level }) => level === 1).length !== 1) faults.push('not one h1')
  headings.forEach(({ level, text }, index) => {
    if (index > 0 && level > (headings[index - 1]?.level ?? 1) + 1) faults.push(`h${level} ${text} skips a level`)
    if (text === '') faults.push(`an empty h${level}`)
  })
  for (const image of named('img')) if (!image.attributes.has('alt')) faults.push('an image without alt')
  for (const { name, attributes } of all) {
    // A block of data is never run, and a file is named by the policy.
    const isFile = attributes.get('type') === 'module' && attributes.has('src')
    const isCode = name === 'script' && attributes.get('type') !== 'application/ld+json' && !isFile
    if (isCode || name === 'style' || attributes.has('style')) faults.push(`${name} with code or style`)
    for (const attribute of attributes.keys()) if (attribute.startsWith('on')) faults.push(`${name} with ${attribute}`)
  }
  for (const word of ['undefined', '[object', 'NaN']) if (html.includes(word)) faults.push(`says ${word}`)
  if (named('main').length !== 1 || named('header').length === 0 || named('footer').length === 0)
    faults.push('lacks a landmark')
  return faults
}
