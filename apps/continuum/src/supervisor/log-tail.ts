import { Type } from 'typebox'
import { Value } from 'typebox/value'

const LogLine = Type.Object({
  message: Type.Optional(Type.String()),
  level: Type.Optional(Type.String()),
  err: Type.Optional(Type.Object({ message: Type.Optional(Type.String()) })),
})

/**
 * The last lines of a log for a person: a JSON line becomes its message and its error's message, a stack trace loses its frames. The log
 * file has everything.
 */
export function logTail(lines: readonly string[], max = 5): string[] {
  return lines
    .map(asWords)
    .filter(
      (line) =>
        line.trim() !== '' &&
        !/^\s+at |^node:internal|^Node\.js v|^\s*\^+$|^\s*[{}\]]+;?$|requireStack|code: 'MODULE/.test(line),
    )
    .slice(-max)
}

function asWords(line: string): string {
  if (!line.startsWith('{')) return line
  try {
    const said: unknown = JSON.parse(line)
    if (!Value.Check(LogLine, said)) return line
    return [said.level, said.message, said.err?.message].filter((word) => word !== undefined).join(': ')
  } catch {
    return line
  }
}
