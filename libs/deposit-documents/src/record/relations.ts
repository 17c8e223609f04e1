import { attributeOf, childOf, childrenOf, descendantsOf, textOf, wordsOf, type Element } from '@continuum/article/jats'
import { doiIn } from './doi.ts'
import type { DataSet, Preprint, Related, Trial } from './record.ts'
import { uniqueBy } from './unique.ts'

/** Data that the article made or used, each once: related objects, and references of type data that say so. */
export function readDataSets(root: Element): readonly DataSet[] {
  const within = [...descendantsOf(root, ['related-object', 'element-citation'], ['sub-article', 'response'])]
  const found = within.flatMap((element): readonly DataSet[] => {
    const use = useOf(element)
    if (use === undefined) return []
    const identifier = identifierOf(element)
    const { doi, accession, uri } = identifier
    return (doi ?? accession ?? uri) === undefined ? [] : [{ use, ...identifier, ...namesOf(element) }]
  })
  return uniqueBy(found, ({ doi, accession, uri }) => doi?.toLowerCase() ?? accession ?? uri ?? '')
}

function useOf(element: Element): DataSet['use'] | undefined {
  const said = attributeOf(element, element.name === 'element-citation' ? 'specific-use' : 'content-type') ?? ''
  if (element.name === 'element-citation' && attributeOf(element, 'publication-type') !== 'data') return undefined
  if (/generated|isSupplementedBy/i.test(said)) return 'generated'
  return /existing|analy[sz]ed|references/i.test(said) ? 'analysed' : undefined
}

/** The DOI where it has one, else its number in an archive, else its address. */
function identifierOf(element: Element): Pick<DataSet, 'doi' | 'accession' | 'uri'> {
  const links = childrenOf(element, 'ext-link').map((link) => attributeOf(link, 'xlink:href') ?? textOf(link))
  const ids = [...childrenOf(element, 'pub-id'), ...childrenOf(element, 'object-id')]
  const written = [attributeOf(element, 'source-id') ?? '', ...ids.map(textOf), ...links]
  const accession = ids.find((id) => /^(accession|archive|art-access-id)$/.test(attributeOf(id, 'pub-id-type') ?? ''))
  const address = [...links, ...ids.map((id) => attributeOf(id, 'xlink:href') ?? ''), ...written]
  return {
    doi: written.map(doiIn).find((doi) => doi !== undefined),
    accession: accession && textOf(accession),
    uri: address.find((text) => /^https?:\/\/\S+$/.test(text)),
  }
}

function namesOf(element: Element): Pick<DataSet, 'title' | 'archive'> {
  const [source, dataTitle] = [wordsOf(childOf(element, 'source')), wordsOf(childOf(element, 'data-title'))]
  return { title: dataTitle ?? source, archive: dataTitle === undefined ? undefined : source }
}

/** Earlier forms of the article, oldest first, each once. */
export function readPreprints(meta: Element | undefined): readonly Preprint[] {
  const events = [...descendantsOf(childOf(meta, 'pub-history'), ['event'])]
  const told = events.flatMap((event): readonly Preprint[] => {
    const type = attributeOf(event, 'event-type') ?? attributeOf(childOf(event, 'date'), 'date-type') ?? ''
    const uri = attributeOf(childOf(event, 'self-uri'), 'xlink:href')
    if (uri === undefined || !/preprint/.test(type)) return []
    return [{ kind: /reviewed/.test(type) ? 'reviewed-preprint' : 'preprint', doi: doiIn(uri), uri }]
  })
  const linked = childrenOf(meta, 'related-article').flatMap((link): readonly Preprint[] => {
    const href = attributeOf(link, 'xlink:href') ?? ''
    const isPreprint = attributeOf(link, 'related-article-type') === 'preprint'
    return isPreprint && href ? [{ kind: 'preprint', doi: doiIn(href), uri: href }] : []
  })
  return uniqueBy([...told, ...linked], ({ doi, uri }) => (doi ?? uri).toLowerCase())
}

/** Articles that this one is about or goes with, each once for a kind. */
export function readRelated(meta: Element | undefined): readonly Related[] {
  const links = childrenOf(meta, 'related-article').flatMap((link) => {
    const doi = doiIn(attributeOf(link, 'xlink:href') ?? '')
    return doi === undefined ? [] : [{ type: attributeOf(link, 'related-article-type') ?? 'article-reference', doi }]
  })
  return uniqueBy(links, ({ type, doi }) => `${type} ${doi.toLowerCase()}`)
}

/** Clinical trials that the text names with their registry. */
export function readTrials(root: Element): readonly Trial[] {
  const objects = [...descendantsOf(root, ['related-object'], ['sub-article', 'response'])]
  const trials = objects.flatMap((object): readonly Trial[] => {
    const number = attributeOf(object, 'document-id')
    const registry = attributeOf(object, 'source-id')
    const isTrial =
      attributeOf(object, 'source-type') === 'clinical-trials-registry' ||
      /trial/.test(attributeOf(object, 'content-type') ?? '')
    return isTrial && number !== undefined && registry !== undefined ? [{ number, registry }] : []
  })
  return uniqueBy(trials, ({ registry, number }) => `${registry} ${number}`)
}
