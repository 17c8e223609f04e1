import type { Xml } from './xml.ts'

/** The namespace in which the XML of articles is harvested: JATS itself has none, and OAI-PMH wants one. */
export const jatsNamespace = 'https://jats.nlm.nih.gov/ns/archiving/1.3/'
export const jatsSchema = 'https://jats.nlm.nih.gov/archiving/1.3/xsd/JATS-archivearticle1-3-mathml3.xsd'

/** Entities that XML itself knows; any other needs the DTD, which an embedded document has not. */
const otherEntity = /&(?!(?:amp|lt|gt|quot|apos|#\d+|#x[\da-fA-F]+);)/

/**
 * Makes the published XML of an article fit for being part of another document: without declaration and DOCTYPE, in the namespace
 * of JATS, with absolute addresses of its files.
 *
 * @param filesUrl the address of its files, with a slash at the end
 * @returns undefined where it cannot be: it is no article, or uses entities of its DTD
 */
export function embeddedJats(text: string, filesUrl: string): Xml | undefined {
  const begin = /<article(?=[\s>])/.exec(text)
  if (!begin) return undefined
  const article = text.slice(begin.index).replace(/<\/article>[\s\S]*$/, (end) => end.slice(0, '</article>'.length))
  if (otherEntity.test(article) || !article.endsWith('</article>')) return undefined
  const [tag = ''] = /^<article[^>]*>/.exec(article) ?? []
  const inNamespace = /\sxmlns="/.test(tag) ? tag : tag.replace('<article', `<article xmlns="${jatsNamespace}"`)
  const whole = inNamespace + article.slice(tag.length)
  const absolute = whole.replaceAll(
    /(xlink:href=")(?![a-z][a-z0-9+.-]*:|#|\/)([^"]+\.[A-Za-z0-9]+")/gi,
    `$1${filesUrl}$2`,
  )
  return { xml: absolute }
}
