/** A construct of Python's that JavaScript has no equal of; `message` says which, and what to write instead. */
export class UntranslatableExpressionError extends Error {
  override readonly name = 'UntranslatableExpressionError'
}

/** The flags in force at a place of an expression. */
export interface Flags {
  readonly ignoreCase: boolean
  readonly multiline: boolean
  readonly dotAll: boolean
}

export const noFlags: Flags = { ignoreCase: false, multiline: false, dotAll: false }

const names: Readonly<Record<string, keyof Flags>> = { i: 'ignoreCase', m: 'multiline', s: 'dotAll' }

/** Sets or clears flags by their letters. `u` is what an expression for text has anyway. */
export function withFlags(flags: Flags, letters: string, value: boolean): Flags {
  let changed = flags
  for (const letter of letters) {
    const name = names[letter]
    if (name !== undefined) changed = { ...changed, [name]: value }
    else if (letter !== 'u') throw new UntranslatableExpressionError(`The flag '${letter}' of Python is not known here`)
  }
  return changed
}
