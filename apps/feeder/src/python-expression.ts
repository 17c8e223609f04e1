import { anchors, classes, dot, lineEnd, lineStart } from './python-classes.ts'
import { type Flags, noFlags, UntranslatableExpressionError, withFlags } from './python-flags.ts'

/** A piece of an expression, as Python writes it and as JavaScript does. */
interface Token {
  readonly token: string
  readonly translated: string
  /** The flags within the group that it opens. */
  readonly opens?: Flags
}

interface Expression {
  readonly source: string
  readonly flags: string
}

/**
 * Translates a regular expression of Python's `re` for JavaScript: `(?i)`, `(?m:...)`, `(?P<name>`, `(?P=name)`, `(?#...)`, `\A`,
 * `\Z`, `{,n}`, escapes, lines that end at a line feed alone, and classes that know Unicode.
 *
 * @throws {UntranslatableExpressionError} for `(?x)`, `(?a)`, `(?L)`, conditions, atomic groups, `*+` and `\N{...}`
 */
export function translatePython(expression: string): Expression {
  const { flags, rest } = takeFlags(expression)
  const groups = [flags]
  let source = ''
  let inSet = false
  for (let at = 0; at < rest.length;) {
    const { token, translated, opens } = takeToken(rest, at, inSet, groups.at(-1) ?? flags)
    if (token === '[' && !inSet) {
      inSet = true
      // Python takes a bracket that comes first for itself.
      const [opening = '['] = /^\[\^?\]?/.exec(rest.slice(at)) ?? []
      source += opening.endsWith(']') ? `${opening.slice(0, -1)}\\]` : opening
      at += opening.length
      continue
    }
    if (token === ']') inSet = false
    if (opens) groups.push(opens)
    if (token === ')' && !inSet && groups.length > 1) groups.pop()
    source += translated
    at += token.length
  }
  return { source, flags: flags.ignoreCase ? 'iu' : 'u' }
}

function takeFlags(expression: string): { flags: Flags; rest: string } {
  let [flags, rest] = [noFlags, expression]
  for (;;) {
    const [whole, letters = ''] = /^\(\?([a-zA-Z]+)\)/.exec(rest) ?? []
    if (whole === undefined) return { flags, rest }
    flags = withFlags(flags, letters, true)
    rest = rest.slice(whole.length)
  }
}

/** The next token as it stands, and what it is in JavaScript. */
function takeToken(text: string, at: number, inSet: boolean, flags: Flags): Token {
  const rest = text.slice(at)
  const character = characterOf(rest)
  if (character === '\\') return takeEscape(rest, inSet)
  if (inSet) return { token: character, translated: character === ']' ? ']' : literal(character, '[') }
  if (character === '(') return takeGroup(rest, flags)
  if (character === '.') return { token: '.', translated: flags.dotAll ? dot.all : dot.plain }
  if (character === '^') return { token: '^', translated: flags.multiline ? lineStart.multiline : lineStart.plain }
  if (character === '$') return { token: '$', translated: flags.multiline ? lineEnd.multiline : lineEnd.plain }
  const [quantifier, least, most] = /^(?:[*+?]|\{(\d*)(?:,(\d*))?\})/.exec(rest) ?? []
  // `{}` is text to Python.
  if (quantifier === undefined || quantifier === '{}')
    return { token: character, translated: literal(character, '{}]') }
  if (rest[quantifier.length] === '+') {
    throw new UntranslatableExpressionError(`The possessive '${quantifier}+' is not known here: write '${quantifier}'`)
  }
  return { token: quantifier, translated: least === '' ? `{0,${most}}` : quantifier }
}

function takeGroup(rest: string, flags: Flags): Token {
  const [reference, name] = /^\(\?P=([^)]+)\)/.exec(rest) ?? []
  if (reference) return { token: reference, translated: String.raw`\k<${name}>` }
  const [comment] = /^\(\?#[^)]*\)/.exec(rest) ?? []
  if (comment) return { token: comment, translated: '' }
  const [scope, on = '', off = ''] = /^\(\?([a-zA-Z]*)(?:-([a-zA-Z]+))?:/.exec(rest) ?? []
  if (scope) {
    const opens = withFlags(withFlags(flags, on, true), off, false)
    return { token: scope, translated: scopeOf(flags, opens), opens }
  }
  const [opening] = /^\((?:\?(?:P<|<?[=!]))?/.exec(rest) ?? ['(']
  if (opening !== '(') return { token: opening, translated: opening.replace('P', ''), opens: flags }
  const [unknown = ''] = /^\(\?.{0,2}/.exec(rest) ?? []
  if (unknown === '') return { token: '(', translated: '(', opens: flags }
  if (unknown.startsWith('(?(')) {
    throw new UntranslatableExpressionError("A condition '(?(...)...)' is not known here: write both cases with '|'")
  }
  if (unknown.startsWith('(?>')) {
    throw new UntranslatableExpressionError("An atomic group '(?>...)' is not known here: write '(?:...)'")
  }
  if (/^\(\?[a-zA-Z]+\)/.test(rest)) {
    throw new UntranslatableExpressionError("Flags such as '(?i)' must be at the start of the expression")
  }
  throw new UntranslatableExpressionError(`'${unknown}' begins no group of Python's`)
}

/** Opens a group in which case is, or is not, ignored; the other flags are in the translation of what they change. */
function scopeOf(around: Flags, within: Flags): string {
  if (around.ignoreCase === within.ignoreCase) return '(?:'
  return within.ignoreCase ? '(?i:' : '(?-i:'
}

function takeEscape(rest: string, inSet: boolean): Token {
  const [code, digits] =
    /^\\(?:x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8}))/.exec(rest)?.filter(Boolean) ?? []
  if (code && digits) return { token: code, translated: String.raw`\u{${digits}}` }
  // Three digits, or any that begin with 0, are the number of a character; in a set one digit is too.
  const [octal] = (inSet ? /^\\[0-7]{1,3}/ : /^\\(?:0[0-7]{0,2}|[1-3][0-7]{2})/).exec(rest) ?? []
  if (octal) return { token: octal, translated: String.raw`\u{${Number.parseInt(octal.slice(1), 8).toString(16)}}` }
  const [back] = /^\\[1-9]\d?/.exec(rest) ?? []
  // Apart from what follows, which may be a digit.
  if (back && !inSet) return { token: back, translated: `(?:${back})` }
  const escaped = characterOf(rest.slice(1))
  const token = `\\${escaped}`
  if (escaped === '') throw new UntranslatableExpressionError('The expression ends in a lone \\')
  const members = classes[escaped]
  if (members) return { token, translated: inSet ? members : `[${members}]` }
  const anchor = anchors[escaped]
  if (anchor && !inSet) return { token, translated: anchor }
  if (escaped === 'a') return { token, translated: String.raw`\x07` }
  if (/[fnrtv]/.test(escaped) || (escaped === 'b' && inSet)) return { token, translated: token }
  if (escaped === 'N')
    throw new UntranslatableExpressionError(String.raw`'\N{...}' is not known here: write the character`)
  if (/[a-zA-Z0-9]/.test(escaped)) throw new UntranslatableExpressionError(`\\${escaped} is no escape of Python's`)
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
