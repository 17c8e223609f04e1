import { safe, type Html } from './html.ts'
import * as allowed from './allowed.ts'
import type { Allowed } from './allowed.ts'
import { bar, fenced, letterClasses } from './mathml.ts'
import { parseMarkup, textOf, type Element, type Node } from './tree.ts'

/** The addresses of files for this reader. */
export interface Files {
  /** Of a link; undefined where there is nothing to lead to. */
  readonly link: (uri: string) => string | undefined
  /** Of something that the page itself loads; undefined where it must not. */
  readonly load: (uri: string) => string | undefined
}

const noFiles: Files = { link: () => undefined, load: () => undefined }

/** Markup of a text as HTML that can do no harm: what is not on the list of what is allowed is not there. */
export function inlineMarkup(markup: string, files: Files): Html {
  return safe(write(parseMarkup(markup), allowed.inline, files))
}

/** The same without links and images, for headings and for what is a link itself. */
export function phraseMarkup(markup: string): Html {
  return safe(write(parseMarkup(markup), allowed.phrase, noFiles))
}

/** The same for a table in HTML. */
export function tableMarkup(markup: string, files: Files): Html {
  return safe(write(parseMarkup(markup), allowed.table, files))
}

/**
 * An equation that stands alone.
 *
 * @param tex for those who do not see it, where it is known
 */
export function equationMarkup(markup: string, tex?: string): Html {
  const [element] = parseMarkup(markup).filter((node) => typeof node !== 'string' && node.name === 'math')
  if (typeof element !== 'object') return safe(write(parseMarkup(markup), allowed.phrase, noFiles))
  const attributes = new Map([...element.attributes, ['display', 'block'] as const])
  if (tex) attributes.set('alttext', tex)
  return safe(writeNode({ ...element, attributes }, allowed.phrase, noFiles))
}

/** Text without markup, for titles and attributes; to be escaped as any other text. */
export function plainText(markup: string): string {
  return textOf(parseMarkup(markup)).replaceAll(/\s+/g, ' ').trim()
}

function write(nodes: readonly Node[], list: Allowed, files: Files): string {
  return nodes.map((node) => writeNode(node, list, files)).join('')
}

function writeNode(found: Node, list: Allowed, files: Files): string {
  if (typeof found === 'string') return escape(found)
  const { name } = found
  const node = name === 'mo' && list === allowed.math ? bar(found) : found
  if (allowed.dropped.has(name)) return ''
  if (name === 'math' && list !== allowed.math) return writeNode(node, allowed.math, files)
  if (name === 'mfenced' && list === allowed.math) return writeNode(fenced(node), list, files)
  const attributes = list.get(name) && writeAttributes(node, list.get(name) ?? [], files)
  if (name === 'img') return attributes?.includes(' src=') ? `<img${attributes} loading="lazy">` : ''
  const content = write(node.children, list, files)
  if (attributes === undefined || (name === 'a' && attributes === '')) return content
  // A cell that heads nothing is no header.
  if (name === 'th' && content.trim() === '')
    return `<td${attributes.replaceAll(/ scope="[^"]*"/g, '')}>${content}</td>`
  const letters = list === allowed.math ? letterClasses(node) : undefined
  return name === 'br' ? '<br>' : `<${name}${attributes}${letters ? ` class="${letters}"` : ''}>${content}</${name}>`
}

function writeAttributes(element: Element, names: readonly string[], files: Files): string {
  return names
    .flatMap((name) => {
      const value = element.attributes.get(name)
      const checked = value === undefined ? undefined : checkAttribute(name, value, files)
      if (name === 'alt' && checked === undefined) return ' alt=""'
      return checked === undefined ? [] : ` ${checked.name}="${escape(checked.value)}"`
    })
    .join('')
}

function checkAttribute(name: string, value: string, files: Files): { name: string; value: string } | undefined {
  const keep = (kept: string | undefined, as = name) => (kept === undefined ? undefined : { name: as, value: kept })
  switch (name) {
    case 'href':
      return keep(linkAddress(value, files))
    case 'src':
      return keep(files.load(value))
    case 'class':
      return keep(
        value
          .split(/\s+/)
          .filter((part) => allowed.classes.has(part))
          .join(' ') || undefined,
      )
    case 'id':
      return keep(/^[^\s"'<>&]+$/.test(value) ? value : undefined)
    case 'columnalign':
      // Browsers align the columns of a formula by styles only.
      return /^(left|center|right)$/.test(value) ? { name: 'class', value: `align-${value}` } : keep(value)
    case 'align':
      return /^(left|center|right)$/.test(value) ? { name: 'class', value: `align-${value}` } : undefined
    case 'colspan':
    case 'rowspan':
      return keep(/^\d{1,3}$/.test(value) ? value : undefined)
    default:
      return keep(value)
  }
}

/** A place in the page, or an address on the web; nothing else, whatever it is disguised as. */
function linkAddress(value: string, files: Files): string | undefined {
  const address = value.trim()
  if (/^#\S+$/.test(address)) return address
  if (/^https?:\/\/[^\s"'<>]+$/i.test(address)) return files.link(address) ?? address
  return /^mailto:[^\s"'<>]+$/i.test(address) ? address : undefined
}

function escape(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')
}
