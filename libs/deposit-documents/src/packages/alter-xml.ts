import { startTags } from '@continuum/article/jats'
import { isUtf8 } from 'node:buffer'

/** A stretch of the text to be replaced. */
interface Edit {
  readonly start: number
  readonly end: number
  readonly text: string
}

/** The same XML without the DOI of its version; all other bytes stay. */
export function withoutVersionDoi(xml: Uint8Array): Uint8Array {
  return edited(xml, (text) =>
    tagsIn(text)
      .filter(({ name, tag }) => name === 'article-id' && attributeIn(tag, 'specific-use') === 'version')
      .map(({ start, end, name }) => ({ start, end: endOfElement(text, name, end), text: '' })),
  )
}

/** The same XML as PMC takes it: links of letters are `ext-link`, and preprints of the history are related articles. */
export function asPmcTakesIt(xml: Uint8Array): Uint8Array {
  return edited(xml, (text) => [...letterLinks(text), ...preprintLinks(text)])
}

function letterLinks(text: string): readonly Edit[] {
  const tags = tagsIn(text)
  const stubs = tags
    .filter(({ name }) => name === 'front-stub')
    .map(({ start, end, name }) => ({ start, end: endOfElement(text, name, end) }))
  return tags.flatMap(({ name, tag, start, end }) => {
    const href = attributeIn(tag, 'xlink:href')
    const isInStub = stubs.some((stub) => start > stub.start && start < stub.end)
    if (name !== 'related-object' || href === undefined || !isInStub) return []
    const link = `<ext-link ext-link-type="uri" xlink:href="${href}">${href}</ext-link>`
    return [{ start, end: tag.endsWith('/>') ? end : endOfElement(text, name, end), text: link }]
  })
}

/** Events of the history whose address is a DOI, as related articles before the abstract. */
function preprintLinks(text: string): readonly Edit[] {
  const tags = tagsIn(text)
  const history = tags.find(({ name }) => name === 'pub-history')
  if (!history) return []
  const end = endOfElement(text, history.name, history.end)
  const dois = tags.flatMap(({ name, tag, start }) => {
    const doi = /^(?:https?:\/\/(?:dx\.)?doi\.org\/)?(10\.\d{4,}\/.+)$/.exec(attributeIn(tag, 'xlink:href') ?? '')?.[1]
    return name === 'self-uri' && start > history.start && start < end && doi !== undefined ? [doi] : []
  })
  const place = tags.find(({ name }) => /^(abstract|kwd-group|funding-group|counts|custom-meta-group)$/.test(name))
  const at = place?.start ?? text.indexOf('</article-meta>')
  if (dois.length === 0 || at < 0) return []
  const links = dois.map(
    (doi, index) =>
      `<related-article ext-link-type="doi" id="hra${index + 1}" related-article-type="preprint" xlink:href="${doi}"/>`,
  )
  return [{ start: at, end: at, text: links.join('') }]
}

function edited(xml: Uint8Array, editsOf: (text: string) => readonly Edit[]): Uint8Array {
  const bytes = Buffer.from(xml.buffer, xml.byteOffset, xml.byteLength)
  // A document in another encoding is passed through byte by byte: all that is changed is ASCII in both.
  const encoding = isUtf8(bytes) ? 'utf8' : 'latin1'
  const text = bytes.toString(encoding)
  const edits = editsOf(text).toSorted((a, b) => b.start - a.start)
  if (edits.length === 0) return xml
  return Buffer.from(
    edits.reduce((changed, { start, end, text: put }) => changed.slice(0, start) + put + changed.slice(end), text),
    encoding,
  )
}

function tagsIn(text: string) {
  return [...startTags(text)].map((found) => ({ ...found, tag: text.slice(found.start, found.end) }))
}

function endOfElement(text: string, name: string, from: number): number {
  const closing = `</${name}>`
  const at = text.indexOf(closing, from)
  return at < 0 ? from : at + closing.length
}

function attributeIn(tag: string, name: string): string | undefined {
  return new RegExp(`\\s${name}\\s*=\\s*["']([^"']*)["']`).exec(tag)?.[1]
}
