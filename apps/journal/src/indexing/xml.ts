/** XML that is safe to send. */
export interface Xml {
  readonly xml: string
}

/** Makes XML of a template: inserted values are escaped, the items of an array follow each other, and undefined is nothing. */
export function xml(parts: TemplateStringsArray, ...values: unknown[]): Xml {
  return { xml: parts.map((part, index) => part + (index < values.length ? inserted(values[index]) : '')).join('') }
}

function inserted(value: unknown): string {
  if (value === undefined || value === null || value === false) return ''
  if (Array.isArray(value)) return value.map(inserted).join('')
  if (typeof value === 'object' && 'xml' in value) return String(value.xml)
  return typeof value === 'string' || typeof value === 'number' ? escapeXml(String(value)) : ''
}

/** Escapes a text for XML 1.0, and leaves out what it has no characters for. */
export function escapeXml(text: string): string {
  return text
    .toWellFormed()
    .replaceAll(/[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu, '')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
}
