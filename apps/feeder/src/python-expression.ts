/** A construct of Python's that JavaScript has no equal of; `message` says which, and what to write instead. */
export class UntranslatableExpressionError extends Error {
  override readonly name = 'UntranslatableExpressionError'
}

/** A piece of an expression, as Python writes it and as JavaScript does. */
interface Token {
  readonly token: string
  readonly translated: string
}

interface Expression {
  readonly source: string
  readonly flags: string
}

/** Python's classes know Unicode; in JavaScript only those by property do. */
const classes: Readonly<Record<string, { alone: string; within: string }>> = {
  w: { alone: String.raw`[\p{L}\p{N}_]`, within: String.raw`\p{L}\p{N}_` },
  W: { alone: String.raw`[^\p{L}\p{N}_]`, within: '' },
  d: { alone: String.raw`\p{Nd}`, within: String.raw`\p{Nd}` },
  D: { alone: String.raw`\P{Nd}`, within: String.raw`\P{Nd}` },
  s: { alone: String.raw`\s`, within: String.raw`\s` },
  S: { alone: String.raw`\S`, within: String.raw`\S` },
}
const word = String.raw`[\p{L}\p{N}_]`

/** Anchors and assertions, outside a set. */
const anchors: Readonly<Record<string, string>> = {
  A: String.raw`(?<![\s\S])`,
  Z: String.raw`(?![\s\S])`,
  b: `(?:(?<=${word})(?!${word})|(?<!${word})(?=${word}))`,
  B: `(?:(?<=${word})(?=${word})|(?<!${word})(?!${word}))`,
}

/** Python's flags by their letters: those that JavaScript has too, and those that change nothing here. */
const knownFlags: Readonly<Record<string, string>> = { i: 'i', m: 'm', s: 's', u: '' }

/**
 * Translates a regular expression of Python's `re` for JavaScript: `(?i)`, `(?P<name>`, `(?P=name)`, `(?#...)`, `\A`, `\Z`, `{,n}`,
 * escapes, and classes that know Unicode.
 *
 * @throws {UntranslatableExpressionError} for `(?x)`, `(?a)`, `(?L)`, conditions, and `\W` in a set
 */
export function translatePython(expression: string): Expression {
  const { flags, rest } = takeFlags(expression)
  let source = ''
  let inSet = false
  for (let at = 0; at < rest.length;) {
    const { token, translated } = takeToken(rest, at, inSet)
    if (token === '[' && !inSet) {
      inSet = true
      // Python takes a bracket that comes first for itself.
      const [opening = '['] = /^\[\^?\]?/.exec(rest.slice(at)) ?? []
      source += opening.endsWith(']') ? `${opening.slice(0, -1)}\\]` : opening
      at += opening.length
      continue
    }
    if (token === ']') inSet = false
    source += translated
    at += token.length
  }
  return { source, flags: `u${flags}` }
}

function takeFlags(expression: string): { flags: string; rest: string } {
  const [whole = '', letters = ''] = /^\(\?([aiLmsux]+)\)/.exec(expression) ?? []
  return { flags: Array.from(letters, (letter) => flagOf(letter)).join(''), rest: expression.slice(whole.length) }
}

function flagOf(letter: string): string {
  const flag = knownFlags[letter]
  if (flag === undefined) throw new UntranslatableExpressionError(`The flag '${letter}' of Python is not known here`)
  return flag
}

/** The next token as it stands, and what it is in JavaScript. */
function takeToken(text: string, at: number, inSet: boolean): Token {
  const rest = text.slice(at)
  const character = characterOf(rest)
  if (character === '\\') return takeEscape(rest, inSet)
  if (inSet) return { token: character, translated: character === ']' ? ']' : literal(character, '[') }
  if (rest.startsWith('(?P<')) return { token: '(?P<', translated: '(?<' }
  const [reference, name] = /^\(\?P=(\w+)\)/.exec(rest) ?? []
  if (reference) return { token: reference, translated: String.raw`\k<${name}>` }
  const [comment] = /^\(\?#[^)]*\)/.exec(rest) ?? []
  if (comment) return { token: comment, translated: '' }
  if (rest.startsWith('(?(')) {
    throw new UntranslatableExpressionError("A condition '(?(...)...)' is not known here: write both cases with '|'")
  }
  if (/^\(\?[aiLmsux]+\)/.test(rest)) {
    throw new UntranslatableExpressionError("Flags such as '(?i)' must be at the start of the expression")
  }
  const [upTo, most] = /^\{,(\d+)\}/.exec(rest) ?? []
  if (upTo) return { token: upTo, translated: `{0,${most}}` }
  const [quantifier] = /^\{\d+(?:,\d*)?\}/.exec(rest) ?? []
  if (quantifier) return { token: quantifier, translated: quantifier }
  return { token: character, translated: literal(character, '{}]') }
}

function takeEscape(rest: string, inSet: boolean): Token {
  const [code, digits] =
    /^\\(?:x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8}))/.exec(rest)?.filter(Boolean) ?? []
  if (code && digits) return { token: code, translated: String.raw`\u{${digits}}` }
  const [back] = /^\\[1-9]\d?/.exec(rest) ?? []
  if (back && !inSet) return { token: back, translated: back }
  const escaped = characterOf(rest.slice(1))
  const token = `\\${escaped}`
  if (escaped === '') throw new UntranslatableExpressionError('The expression ends in a lone \\')
  const named = classes[escaped]
  if (named) {
    if (!inSet) return { token, translated: named.alone }
    if (named.within !== '') return { token, translated: named.within }
    throw new UntranslatableExpressionError(String.raw`\W in a set is not known here: write the set without it`)
  }
  const anchor = anchors[escaped]
  if (anchor && !inSet) return { token, translated: anchor }
  if (escaped === 'a') return { token, translated: String.raw`\x07` }
  if (/[fnrtv0]/.test(escaped) || (escaped === 'b' && inSet)) return { token, translated: token }
  if (/[a-zA-Z]/.test(escaped)) throw new UntranslatableExpressionError(`\\${escaped} is no escape of Python's`)
  return { token, translated: literal(escaped, String.raw`^$\.*+?()[]{}|/-`) }
}

function characterOf(text: string): string {
  return String.fromCodePoint(...(text === '' ? [] : [text.codePointAt(0) ?? 0]))
}

/** A character as itself, escaped where it is one of those that mean something in JavaScript. */
function literal(character: string, special: string): string {
  if (!special.includes(character)) return character
  return character === '-' ? String.raw`\x2d` : `\\${character}`
}
