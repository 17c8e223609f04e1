/** Shows a JSON text, or any other, without what nobody may see. */
export type Show = (text: string, maxLength?: number) => string

const hidden = '(not shown)'

/** Names of fields that hold secrets; those that begin with `_` never leave the server, nor does what they carry. */
const secretName = /^_|secret|passw|token|credential|api-?_?key|authorization|cookie|signature|^publication-?_?data$/i
/** Secrets within a text: the query of a signed address, a header, the password in an address. */
const withinText: readonly [RegExp, string][] = [
  [/([?&](?:X-Amz-[\w-]+|token|signature|sig|key|secret|password)=)[^&\s"'\\]+/gi, `$1${hidden}`],
  [/\b(Bearer|Basic)\s+[\w.~+/=-]{8,}/gi, `$1 ${hidden}`],
  [/(\w+:\/\/[^\s:/@"']+:)[^\s@/"']+@/g, `$1${hidden}@`],
]

/**
 * Creates the function that shows inputs, results and failures: without fields that begin with `_` or are named like a secret, and
 * without the secrets of this service wherever they stand.
 *
 * @param secrets the secrets that this service knows
 */
export function createShow(secrets: readonly string[]): Show {
  const known = secrets.filter((secret) => secret.length >= 8)
  const plain = (text: string) => {
    const without = known.reduce((shown, secret) => shown.replaceAll(secret, hidden), text)
    return withinText.reduce((shown, [pattern, by]) => shown.replace(pattern, by), without)
  }
  const clean = (value: unknown): unknown => {
    if (typeof value === 'string') return cleanText(value)
    if (Array.isArray(value)) return value.map(clean)
    if (typeof value !== 'object' || value === null) return value
    const entries = Object.entries(value)
    // A property as the bot sends it: its name and its value are fields of their own.
    const named = entries.some(([key, name]) => key === 'name' && typeof name === 'string' && secretName.test(name))
    return Object.fromEntries(
      entries.map(([key, each]) => [key, secretName.test(key) || (named && key === 'value') ? hidden : clean(each)]),
    )
  }
  /** A text may hold JSON again. */
  const cleanText = (text: string): string => {
    const parsed = /^\s*[[{]/.test(text) ? parse(text) : undefined
    return parsed === undefined ? plain(text) : JSON.stringify(clean(parsed.value))
  }
  return (text, maxLength = 160) => {
    const parsed = parse(text)
    const shown = parsed === undefined ? plain(text) : JSON.stringify(clean(parsed.value))
    return shown.length <= maxLength ? shown : `${shown.slice(0, maxLength - 1)}…`
  }
}

function parse(text: string): { value: unknown } | undefined {
  try {
    return { value: JSON.parse(text) }
  } catch {
    return undefined
  }
}
