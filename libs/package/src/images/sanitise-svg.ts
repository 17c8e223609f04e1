import { ParseOption, XmlCData, XmlDocument, XmlElement, XmlError, XmlText } from 'libxml2-wasm'
import { NotAnImageError } from './not-an-image.ts'
import { safeStyle } from './style.ts'

/** An SVG that only draws, and what was taken out of it: elements, attributes and addresses by name, each once. */
export interface SafeSvg {
  readonly svg: string
  readonly removed: readonly string[]
}

const svgNamespace = 'http://www.w3.org/2000/svg'
const xlinkNamespace = 'http://www.w3.org/1999/xlink'
const xmlNamespace = 'http://www.w3.org/XML/1998/namespace'

/** Elements that draw and do nothing else: none runs, loads, links, moves or holds another language. */
const allowed = new Set(
  (
    'svg g defs symbol use marker pattern clipPath mask switch view title desc style path rect circle ellipse line polyline ' +
    'polygon text tspan textPath image linearGradient radialGradient stop filter feBlend feColorMatrix feComponentTransfer ' +
    'feComposite feConvolveMatrix feDiffuseLighting feDisplacementMap feDistantLight feDropShadow feFlood feFuncA feFuncB ' +
    'feFuncG feFuncR feGaussianBlur feImage feMerge feMergeNode feMorphology feOffset fePointLight feSpecularLighting ' +
    'feSpotLight feTile feTurbulence'
  ).split(' '),
)

/** A link around a part of a drawing goes, the part stays. */
const unwrapped = new Set(['a'])
/** Gone without a word: they show nothing. */
const silent = new Set(['metadata', 'font', 'font-face', 'color-profile'])

const picture = /^data:image\/(?:png|jpe?g|gif|webp);base64,[a-z\d+/=\s]*$/i

/**
 * Makes an SVG safe to open on its own in a browser and to draw here: known elements and attributes are written anew, all else
 * is left out. Addresses lead to a place in the drawing or are a picture in themselves.
 *
 * @throws {NotAnImageError} when it is not well-formed, or no SVG
 */
export function sanitiseSvg(bytes: Uint8Array): SafeSvg {
  const document = parse(bytes)
  try {
    const { root } = document
    if (root.name !== 'svg' || !isSvg(root, root)) {
      throw new NotAnImageError(`it is no SVG: its root element is <${root.name}>`)
    }
    const removed = new Set<string>()
    const svg = written(root, root, removed)
    return { svg: `<?xml version="1.0" encoding="UTF-8"?>\n${svg}\n`, removed: [...removed] }
  } finally {
    document.dispose()
  }
}

function parse(bytes: Uint8Array): XmlDocument {
  try {
    return XmlDocument.fromBuffer(bytes, { option: ParseOption.XML_PARSE_NO_XXE })
  } catch (error) {
    if (!(error instanceof XmlError)) throw error
    const [line = ''] = error.message.trim().split('\n')
    throw new NotAnImageError(`it is no well-formed XML: ${line}`, { cause: error })
  }
}

/** Some programs leave the namespace out; browsers then draw nothing. */
function isSvg(element: XmlElement, root: XmlElement): boolean {
  return element.namespaceUri === svgNamespace || (element.namespaceUri === '' && root.namespaceUri === '')
}

function written(element: XmlElement, root: XmlElement, removed: Set<string>): string {
  const { name } = element
  if (!isSvg(element, root)) return ''
  if (unwrapped.has(name)) return content(element, root, removed)
  if (!allowed.has(name)) {
    if (!silent.has(name) && (name !== 'foreignObject' || /\S/.test(element.content))) removed.add(name)
    return ''
  }
  const spaces = element === root || name === 'svg' ? ` xmlns="${svgNamespace}" xmlns:xlink="${xlinkNamespace}"` : ''
  const attributes = element.attrs.map((attribute) => {
    const full = attributeName(attribute.name, attribute.namespaceUri)
    if (full === undefined) return ''
    const value = safeValue(name, full, attribute.value, removed)
    return value === undefined ? '' : ` ${full}="${escaped(value).replaceAll('"', '&quot;')}"`
  })
  const inner = name === 'style' ? escaped(styleOf(element.content, removed)) : content(element, root, removed)
  return `<${name}${spaces}${attributes.join('')}${inner === '' ? '/>' : `>${inner}</${name}>`}`
}

function content(element: XmlElement, root: XmlElement, removed: Set<string>): string {
  const parts: string[] = []
  for (let node = element.firstChild; node; node = node.next) {
    if (node instanceof XmlElement) parts.push(written(node, root, removed))
    else if (node instanceof XmlText || node instanceof XmlCData) parts.push(escaped(node.content))
  }
  return parts.join('')
}

function attributeName(name: string, namespace: string): string | undefined {
  if (namespace === xlinkNamespace) return name === 'href' ? 'xlink:href' : undefined
  if (namespace === xmlNamespace) return name === 'space' || name === 'lang' ? `xml:${name}` : undefined
  return namespace === '' && /^[a-z][\w-]*$/i.test(name) ? name : undefined
}

/** The value of an attribute as it may stay; undefined where the attribute goes. */
function safeValue(element: string, name: string, value: string, removed: Set<string>): string | undefined {
  if (/^on/i.test(name)) {
    removed.add(name)
    return undefined
  }
  if (name === 'href' || name === 'xlink:href') {
    const isPicture = (element === 'image' || element === 'feImage') && picture.test(value.trim())
    if (isPicture || /^\s*#/.test(value)) return value
    removed.add(`${element} ${value.trim().slice(0, 60)}`)
    return undefined
  }
  return name === 'style' || /[(\\]/.test(value) ? styleOf(value, removed) : value
}

function styleOf(css: string, removed: Set<string>): string {
  const safe = safeStyle(css)
  for (const part of safe.removed) removed.add(part)
  return safe.css
}

/** Characters that XML does not have are none that libxml2 gives. */
function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
}
