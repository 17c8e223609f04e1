import { Type } from 'typebox'
import { Value } from 'typebox/value'

const Line = Type.Object({
  time: Type.String(),
  level: Type.String(),
  service: Type.Optional(Type.String()),
  message: Type.Optional(Type.String()),
  articleId: Type.Optional(Type.String()),
  version: Type.Optional(Type.Integer()),
  activity: Type.Optional(Type.String()),
  method: Type.Optional(Type.String()),
  path: Type.Optional(Type.String()),
  status: Type.Optional(Type.Integer()),
  ms: Type.Optional(Type.Number()),
  err: Type.Optional(Type.Object({ message: Type.Optional(Type.String()) })),
})

/** One line of a process's log. */
export interface LogLine {
  readonly process: string
  /** The time at which it was written; null where the line does not say. */
  readonly at: number | null
  readonly text: string
}

/** Parses a log line; keeps its text as written. */
export function parseLogLine(process: string, text: string): LogLine {
  const said = parsed(text)
  const at = said ? Date.parse(said.time) : Number.NaN
  return { process, at: Number.isNaN(at) ? null : at, text }
}

/**
 * A line for a person: `11:02:03  worker  error  00353 v1 ConvertImages: The figure can't be read: premature end`, and of a request
 * `GET /api/v2/articles 200 in 21 ms: request`. What is no JSON line of ours stands as it is.
 */
export function formatLogLine({ process, text }: LogLine): string {
  const said = parsed(text)
  if (!said) return `${' '.repeat(24)}  ${process.padEnd(18)}  ${text}`
  const { time, level, message = '', articleId, version, activity, method, path, status, ms, err } = said
  const took = ms === undefined ? undefined : `in ${ms} ms`
  const where = [articleId, version ? `v${version}` : undefined, activity, method, path, status, took]
    .filter((word) => word)
    .join(' ')
  const what = [where, message, err?.message].filter((word) => word).join(': ')
  return `${time.padEnd(24)}  ${process.padEnd(18)}  ${level.padEnd(5)}  ${what}`
}

/** The service that wrote a line; undefined where it does not say. */
export const serviceOfLine = (text: string): string | undefined => parsed(text)?.service

function parsed(text: string) {
  if (!text.startsWith('{')) return undefined
  try {
    const said: unknown = JSON.parse(text)
    return Value.Check(Line, said) ? said : undefined
  } catch {
    return undefined
  }
}

/** Options for reading a log. */
export interface LogOptions {
  /** From when, in ms. */
  readonly since: number
  /** Keeps reading new lines every `every` ms until the signal aborts. */
  readonly follow: boolean
  readonly every: number
  readonly signal: AbortSignal
}
