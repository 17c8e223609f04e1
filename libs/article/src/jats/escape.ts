/** Text made safe as content of HTML or XML. */
export function escapeText(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
}

/** Text made safe as a quoted attribute of HTML or XML. */
export function escapeAttribute(text: string): string {
  return escapeText(text).replaceAll('"', '&quot;')
}

const named: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }

/** The text of an attribute as it stands in a document: with the characters that XML itself names, and numbered ones. */
export function unescaped(attribute: string): string {
  const characters = /&(?:#x(?<hex>[\da-f]{1,6})|#(?<decimal>\d{1,7})|(?<name>amp|lt|gt|quot|apos));/gi
  return [...attribute.matchAll(characters)].reduceRight((text, { 0: whole, index, groups }) => {
    const { hex, decimal, name } = groups ?? {}
    const code = hex === undefined ? Number(decimal ?? 0) : Number.parseInt(hex, 16)
    const numbered = code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : whole
    return text.slice(0, index) + (named[name ?? ''] ?? numbered) + text.slice(index + whole.length)
  }, attribute)
}
