/** The content of an element: text, a nested structure, a list (the element is repeated), or undefined (it is omitted). */
export type XmlContent = string | number | boolean | undefined | XmlStructure | readonly XmlContent[]
export interface XmlStructure {
  readonly [element: string]: XmlContent
}

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }

// Control characters are written as character references, as S3 does for keys that contain them, although XML 1.0 allows few of
// them.
const escapeXml = (text: string): string =>
  // oxlint-disable-next-line no-control-regex
  text.replace(/[&<>"\u0000-\u0008\u000b-\u001f]/g, (it) => entities[it] ?? `&#${it.charCodeAt(0)};`)

/** One element, or one for each item of a list, in the order of the structure's members. */
function element(name: string, content: XmlContent): string {
  if (content === undefined) return ''
  if (isList(content)) return content.map((item) => element(name, item)).join('')
  const inner = typeof content === 'object' ? elements(content) : escapeXml(String(content))
  return `<${name}>${inner}</${name}>`
}

const isList = (content: XmlContent): content is readonly XmlContent[] => Array.isArray(content)

const elements = (structure: XmlStructure): string =>
  Object.entries(structure)
    .map(([name, content]) => element(name, content))
    .join('')

/** A document with one root, in `namespace` if given. */
export function formatXml(root: string, content: XmlStructure | string, namespace?: string): string {
  const attribute = namespace === undefined ? '' : ` xmlns="${namespace}"`
  const inner = typeof content === 'string' ? escapeXml(content) : elements(content)
  return `<?xml version="1.0" encoding="UTF-8"?>\n<${root}${attribute}>${inner}</${root}>`
}
