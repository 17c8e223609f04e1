import { clearLine, cursorTo } from 'node:readline'

/** Prints lines, and beside them what is under way. */
export interface LiveLine {
  readonly say: (text: string) => void
  /** Shows how far something is; undefined takes it away. @param at instant (epoch ms) at which it was so far */
  readonly show: (subject: string, text: string | undefined, at: number) => void
  /** Takes away all that is shown. */
  readonly clear: () => void
}

/** A stream that text is written to, as far as this needs it. */
export interface Screen {
  readonly isTTY?: boolean
  readonly columns?: number
  write(text: string): unknown
}

/** Less often than this a pipe or a file gets a line about the same thing, in milliseconds. */
const pipedEvery = 10_000

/** Creates the lines for a stream: a terminal has one that is rewritten, a pipe gets one a while. */
export function liveLine(screen: Screen & NodeJS.WritableStream): LiveLine {
  return screen.isTTY === true ? rewritten(screen) : oneAWhile(screen)
}

function rewritten(screen: Screen & NodeJS.WritableStream): LiveLine {
  const shown = new Map<string, string>()
  const erase = () => {
    if (shown.size === 0) return
    cursorTo(screen, 0)
    clearLine(screen, 0)
  }
  const draw = () => void screen.write(fitting([...shown.values()], (screen.columns || 80) - 1))
  return {
    say: (text) => {
      erase()
      screen.write(`${text}\n`)
      if (shown.size > 0) draw()
    },
    show: (subject, text) => {
      erase()
      if (text === undefined) shown.delete(subject)
      else shown.set(subject, text)
      if (shown.size > 0) draw()
    },
    clear: () => {
      erase()
      shown.clear()
    },
  }
}

/** Joins as many texts as fit in a line: one that wraps could not be rewritten, and half a number would be a wrong one. */
function fitting(texts: readonly string[], width: number): string {
  for (let count = texts.length; count > 0; count--) {
    const more = count < texts.length ? `; ${texts.length - count} more` : ''
    const line = `${texts.slice(0, count).join('; ')}${more}`
    if (line.length <= width) return line
  }
  return `${texts.length} under way`
}

function oneAWhile(screen: Screen): LiveLine {
  const told = new Map<string, number>()
  const say = (text: string) => void screen.write(`${text}\n`)
  return {
    say,
    show: (subject, text, at) => {
      if (text === undefined) told.delete(subject)
      else if (at - (told.get(subject) ?? 0) >= pipedEvery) {
        told.set(subject, at)
        say(text)
      }
    },
    clear: () => told.clear(),
  }
}
