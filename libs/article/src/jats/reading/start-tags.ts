/** A start tag in the text of a document: `text.slice(start, end)` is the tag itself. */
export interface StartTag {
  readonly name: string
  readonly start: number
  readonly end: number
}

/** Characters that may hold a `>` that ends nothing, and those that end a tag or a declaration. */
const stop = /["'>[\]]|<!--/g
const startOfTag = /<([A-Za-z_][\w.:-]*)/y

/**
 * The start tags of a document, found in its text: those in comments, CDATA, instructions and the DOCTYPE are none. It looks
 * at every character once, and ends where something is opened and never closed.
 */
export function* startTags(text: string): Generator<StartTag> {
  for (let start = text.indexOf('<'); start >= 0;) {
    const end = endOf(text, start)
    if (end === undefined) return
    startOfTag.lastIndex = start
    const name = startOfTag.exec(text)?.[1]
    if (name !== undefined) yield { name, start, end }
    start = text.indexOf('<', end)
  }
}

/** The place after what begins at `start` with `<`. */
function endOf(text: string, start: number): number | undefined {
  const after = (closing: string, from: number) => {
    const at = text.indexOf(closing, from)
    return at < 0 ? undefined : at + closing.length
  }
  if (text.startsWith('<!--', start)) return after('-->', start + 4)
  if (text.startsWith('<![CDATA[', start)) return after(']]>', start)
  if (text.startsWith('<?', start)) return after('?>', start)
  let at: number | undefined = start + 1
  let depth = 0
  while (at !== undefined) {
    stop.lastIndex = at
    const found = stop.exec(text)
    if (!found) return undefined
    const [sign] = found
    at = found.index + sign.length
    if (sign === '>' && depth === 0) return at
    if (sign === '[') depth += 1
    if (sign === ']') depth -= 1
    if (sign === '<!--') at = after('-->', at)
    else if (sign === '"' || sign === "'") at = after(sign, at)
  }
  return undefined
}
