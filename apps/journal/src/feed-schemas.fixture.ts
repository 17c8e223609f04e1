import { RelaxNGValidator, XmlDocument } from 'libxml2-wasm'

/**
 * The rules of sitemaps, Atom and RSS as RELAX NG schemas, written from their specifications: the protocol of sitemaps.org, RFC 4287,
 * and RSS 2.0 as its advisory board keeps it.
 */
const grammar = (namespace: string, start: string) => `
<grammar xmlns="http://relaxng.org/ns/structure/1.0" datatypeLibrary="http://www.w3.org/2001/XMLSchema-datatypes" ns="${namespace}">
  <start>${start}</start>
  <define name="address"><data type="anyURI"><param name="pattern">https?://[^\\s]+</param><param name="maxLength">2047</param></data></define>
  <define name="words"><data type="string"><param name="pattern">[\\s\\S]*\\S[\\s\\S]*</param></data></define>
  <define name="instant"><data type="dateTime"><param name="pattern">[^.]+(\\.\\d+)?(Z|[+\\-]\\d\\d:\\d\\d)</param></data></define>
  <define name="type"><data type="string"><param name="pattern">[a-z]+/[a-z0-9.+\\-]+</param></data></define>
</grammar>`

const one = (name: string, content: string) => `<element name="${name}">${content}</element>`
const some = (content: string) => `<zeroOrMore>${content}</zeroOrMore>`
const maybe = (content: string) => `<optional>${content}</optional>`
const inAnyOrder = (...parts: readonly string[]) => `<interleave>${parts.join('')}</interleave>`
const is = (name: string) => `<ref name="${name}"/>`
const attribute = (name: string, content: string) => `<attribute name="${name}" ns="">${content}</attribute>`
const value = (text: string) => `<value type="string">${text}</value>`

const located = (name: string) => one(name, inAnyOrder(one('loc', is('address')), maybe(one('lastmod', is('instant')))))
const sitemaps = 'http://www.sitemaps.org/schemas/sitemap/0.9'

const link = (rel: string) =>
  one('link', attribute('rel', rel) + attribute('type', is('type')) + attribute('href', is('address')))
const author = one('author', one('name', is('words')))
const category = one('category', attribute('term', is('words')))
const entry = one(
  'entry',
  inAnyOrder(
    one('id', is('address')),
    one('title', is('words')),
    one('updated', is('instant')),
    maybe(one('published', is('instant'))),
    `<oneOrMore>${link(value('alternate'))}</oneOrMore>`,
    some(author),
    some(category),
    maybe(one('summary', is('words'))),
  ),
)
const feed = one(
  'feed',
  inAnyOrder(
    one('id', is('address')),
    one('title', is('words')),
    one('updated', is('instant')),
    `<oneOrMore>${link('<choice>' + value('self') + value('alternate') + '</choice>')}</oneOrMore>`,
    // Each entry without an author has the feed's.
    author,
    some(entry),
  ),
)

/** RFC 822, with four digits of the year, in GMT. */
const date =
  '<data type="string"><param name="pattern">(Mon|Tue|Wed|Thu|Fri|Sat|Sun), \\d\\d (Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) \\d{4} \\d\\d:\\d\\d:\\d\\d GMT</param></data>'
const selfLink = `<element name="link" ns="http://www.w3.org/2005/Atom">${attribute('rel', value('self'))}${attribute('type', is('type'))}${attribute('href', is('address'))}</element>`
const creator = `<element name="creator" ns="http://purl.org/dc/elements/1.1/">${is('words')}</element>`
const item = one(
  'item',
  inAnyOrder(
    one('title', is('words')),
    one('link', is('address')),
    one('guid', attribute('isPermaLink', value('true')) + is('address')),
    one('pubDate', date),
    some(creator),
    some(one('category', is('words'))),
    maybe(one('description', is('words'))),
  ),
)
const rss = one(
  'rss',
  attribute('version', value('2.0')) +
    one(
      'channel',
      inAnyOrder(
        one('title', is('words')),
        one('link', is('address')),
        one('description', is('words')),
        selfLink,
        maybe(one('lastBuildDate', date)),
        some(item),
      ),
    ),
)

const schemas = {
  sitemap: grammar(sitemaps, one('urlset', `<oneOrMore>${located('url')}</oneOrMore>`)),
  'index of sitemaps': grammar(sitemaps, one('sitemapindex', `<oneOrMore>${located('sitemap')}</oneOrMore>`)),
  Atom: grammar('http://www.w3.org/2005/Atom', feed),
  RSS: grammar('', rss),
}

/** Returns what is wrong with a document of this kind. */
export function schemaErrors(kind: keyof typeof schemas, text: string): string[] {
  using schema = XmlDocument.fromString(schemas[kind])
  using validator = RelaxNGValidator.fromDoc(schema)
  using document = XmlDocument.fromString(text)
  try {
    validator.validate(document)
    return []
  } catch (error) {
    return [String(error)]
  }
}
