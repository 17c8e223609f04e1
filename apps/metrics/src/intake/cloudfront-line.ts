import { createHash } from 'node:crypto'

/** A request as a CloudFront standard log tells it. */
export interface LogLine {
  /**
   * CloudFront's id of the request; for logs without one, made of the line. Of two lines that are the same in all, with the second, the
   * reader and the link, one is counted, as of any double-click.
   */
  id: string
  at: Temporal.Instant
  method: string
  host: string
  path: string
  status: string
  address: string
  userAgent: string
}

/** Thrown when a log file is not CloudFront's. Never retried: it says no more the next time. */
export class UnreadableLogError extends Error {
  override readonly name = 'UnreadableLogError'
  readonly retry = false
}

const needed = ['date', 'time', 'c-ip', 'cs-method', 'cs-uri-stem', 'sc-status', 'cs(User-Agent)'] as const

/**
 * Creates a reader of the lines of one CloudFront standard log, whose header names the fields.
 *
 * @returns for a line: undefined for the header, `unreadable`, or what it says
 */
export function createLineReader(): (line: string) => LogLine | 'unreadable' | undefined {
  let fields: ReadonlyMap<string, number> | undefined
  return (line) => {
    if (line.startsWith('#')) {
      if (line.startsWith('#Fields:')) fields = readFields(line)
      return undefined
    }
    if (line === '') return undefined
    if (!fields) {
      throw new UnreadableLogError(
        'This is no CloudFront log: its first lines must be "#Version: 1.0" and "#Fields: date time ..."',
      )
    }
    return readLine(line, fields) ?? 'unreadable'
  }
}

function readFields(header: string): ReadonlyMap<string, number> {
  const names = header.slice('#Fields:'.length).trim().split(/\s+/)
  const missing = needed.filter((name) => !names.includes(name))
  if (missing.length > 0) throw new UnreadableLogError(`The log lacks the fields ${missing.join(', ')}`)
  return new Map(names.map((name, index) => [name, index]))
}

function readLine(line: string, fields: ReadonlyMap<string, number>): LogLine | undefined {
  const values = line.split('\t')
  if (values.length < fields.size) return undefined
  const value = (name: string) => {
    const text = values[fields.get(name) ?? values.length] ?? '-'
    return text === '-' ? '' : text
  }
  const at = readInstant(`${value('date')}T${value('time')}Z`)
  const path = decode(value('cs-uri-stem'))
  if (!at || !path.startsWith('/')) return undefined
  return {
    id: value('x-edge-request-id') || ownId(line),
    at,
    method: value('cs-method'),
    host: value('x-host-header') || value('cs(Host)'),
    path,
    status: value('sc-status'),
    address: value('c-ip'),
    // URL-encoded, in old logs twice.
    userAgent: decode(decode(value('cs(User-Agent)'))),
  }
}

function ownId(line: string): string {
  return `line-${createHash('sha256').update(line).digest('base64url').slice(0, 32)}`
}

function readInstant(text: string): Temporal.Instant | undefined {
  try {
    return Temporal.Instant.from(text)
  } catch {
    return undefined
  }
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
