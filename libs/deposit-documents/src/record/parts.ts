import {
  attributeOf,
  childOf,
  childrenOf,
  descendantsOf,
  firstBelow,
  textOf,
  wordsOf,
  type Element,
} from '@continuum/article/jats'
import { doiIn } from './doi.ts'
import type { Abstract, Component } from './record.ts'
import { uniqueBy } from './unique.ts'

/** The abstract and the digest for readers at large. Teasers, graphical and translated ones are neither. */
export function readAbstracts(meta: Element | undefined): readonly Abstract[] {
  return childrenOf(meta, 'abstract').flatMap((element): readonly Abstract[] => {
    const type = attributeOf(element, 'abstract-type')
    if (type === undefined || type === 'section' || type === 'structured') return [{ kind: 'abstract', element }]
    return /^(executive-summary|plain-language-summary|summary)$/.test(type) ? [{ kind: 'digest', element }] : []
  })
}

/** Parts of the article with a DOI of their own, in its order; letters are records of their own. */
export function readComponents(root: Element): readonly Component[] {
  const found = [...descendantsOf(root, ['object-id', 'article-id'], ['sub-article', 'response', 'ref-list'])]
  const owners = ownersOf(root)
  const article = doiIn(textOf(found.find((id) => id.name === 'article-id' && isDoi(id))))
  const components = found
    .filter((id) => id.name === 'object-id' && isDoi(id))
    .flatMap((id) => {
      const doi = doiIn(textOf(id))
      const owner = owners.get(id)
      return doi === undefined || owner === undefined || doi === article ? [] : [toComponent(owner, doi)]
    })
  return uniqueBy(components, (component) => component.doi.toLowerCase())
}

function isDoi(id: Element): boolean {
  return attributeOf(id, 'pub-id-type') === 'doi'
}

/** The element in which each identifier stands. */
function ownersOf(root: Element): ReadonlyMap<Element, Element> {
  const owners = new Map<Element, Element>()
  const visit = (element: Element): void => {
    for (const child of childrenOf(element)) {
      if (child.name === 'object-id') owners.set(child, element)
      visit(child)
    }
  }
  visit(root)
  return owners
}

function toComponent(owner: Element, doi: string): Component {
  const file = /^(fig|media|supplementary-material|graphic)$/.test(owner.name)
    ? owner.name === 'media'
      ? owner
      : firstBelow(owner, 'media', 'graphic')
    : undefined
  const mimetype = attributeOf(file, 'mimetype')
  const subtype = attributeOf(file, 'mime-subtype')
  return {
    doi,
    id: attributeOf(owner, 'id'),
    label: owner.name === 'abstract' ? labelOfAbstract(owner) : wordsOf(childOf(owner, 'label')),
    title: childOf(owner, 'caption', 'title') ?? (owner.name === 'abstract' ? undefined : childOf(owner, 'title')),
    mimeType: mimetype && subtype ? `${mimetype}/${subtype}` : undefined,
  }
}

function labelOfAbstract(owner: Element): string {
  return wordsOf(childOf(owner, 'title')) ?? 'Abstract'
}
