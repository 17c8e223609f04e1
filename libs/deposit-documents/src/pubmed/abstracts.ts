import { childOf, childrenOf, isElement, repeatsDoi, textOf, type Element, type Node } from '@continuum/article/jats'
import type { Abstract } from '../record/record.ts'
import { elWith, type Content, type XmlElement } from '../xml/element.ts'
import { el } from '../xml/element.ts'
import { plainText } from '../xml/plain-text.ts'
import { pubmedText } from './text.ts'

/** The abstract, each section of a structured one with its label; undefined where there is no text. */
export function abstractElement(abstracts: readonly Abstract[]): XmlElement | undefined {
  const texts = abstracts.filter(({ kind }) => kind === 'abstract').flatMap(({ element }) => textsOf(element))
  return texts.length === 0 ? undefined : el('Abstract', texts)
}

/** The digest for readers at large. */
export function otherAbstract(abstracts: readonly Abstract[]): XmlElement | undefined {
  const texts = abstracts.filter(({ kind }) => kind === 'digest').flatMap(({ element }) => textsOf(element))
  return texts.length === 0
    ? undefined
    : elWith('OtherAbstract', { Type: 'plain-language-summary', Language: 'eng' }, texts)
}

/** No text is written empty, and no label. */
function textsOf(abstract: Element): readonly XmlElement[] {
  const sections = childrenOf(abstract, 'sec')
  const outside = abstract.children.filter((node) => !isElement(node, 'sec', 'title', 'object-id', 'label'))
  return [
    ...textElement(undefined, outside),
    ...sections.flatMap((section) => {
      const title = childOf(section, 'title')
      const label = title && plainText(title.children).replace(/[:.]$/, '')
      return textElement(
        label || undefined,
        section.children.filter((node) => !isElement(node, 'title', 'object-id', 'label')),
      )
    }),
  ]
}

function textElement(label: string | undefined, nodes: readonly Node[]): readonly XmlElement[] {
  const told = nodes.filter((node) => !(isElement(node) && repeatsDoi(node)) && textOf(node) !== '')
  const content: Content = pubmedText(told)
  const element = elWith('AbstractText', { Label: label }, content)
  return element.children.length === 0 ? [] : [element]
}
