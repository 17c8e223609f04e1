/** A class of characters as JavaScript writes it: the members of a set, and those of the set of all others. */
interface CharacterClass {
  readonly members: string
  readonly others: string
}

const r = String.raw

/** Letters and numbers of all scripts, and `_`. Of the connectors `_` alone is one, so the other nine are named. */
const word: CharacterClass = {
  members: r`\p{L}\p{N}_`,
  others:
    r`\p{M}\p{S}\p{Z}\p{C}\p{Pd}\p{Ps}\p{Pe}\p{Pi}\p{Pf}\p{Po}` + r`\u203f\u2040\u2054\ufe33\ufe34\ufe4d-\ufe4f\uff3f`,
}

const digit: CharacterClass = { members: r`\p{Nd}`, others: r`\P{Nd}` }

/** White space in Python: the separators of ASCII too, and no byte order mark. */
const space: CharacterClass = {
  members: r`\t-\r\x1c-\x20\x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000`,
  others:
    r`\0-\x08\x0e-\x1b\x21-\x84\x86-\x9f\xa1-\u167f\u1681-\u1fff\u200b-\u2027\u202a-\u202e` +
    r`\u2030-\u205e\u2060-\u2fff\u3001-\u{10ffff}`,
}

/** Python's classes by their letters, as the members of a set. */
export const classes: Readonly<Record<string, string>> = {
  w: word.members,
  W: word.others,
  d: digit.members,
  D: digit.others,
  s: space.members,
  S: space.others,
}

const inside = `[${word.members}]`
const boundary = `(?<=${inside})(?!${inside})|(?<!${inside})(?=${inside})`
const end = r`(?![\s\S])`

/** Anchors and assertions, outside a set. */
export const anchors: Readonly<Record<string, string>> = {
  A: r`(?<![\s\S])`,
  Z: end,
  b: `(?:${boundary})`,
  B: `(?!${boundary})`,
}

/** Python's lines end at a line feed alone, and `$` matches before the last one too. */
export const dot = { plain: r`[^\n]`, all: r`[\s\S]` }
export const lineStart = { plain: r`(?<![\s\S])`, multiline: r`(?<![^\n])` }
export const lineEnd = { plain: r`(?=\n?${end})`, multiline: r`(?![^\n])` }
