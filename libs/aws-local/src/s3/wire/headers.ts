import type { IncomingHttpHeaders } from 'node:http'
import { invalidArgument } from '../model/errors.ts'

/** A header that occurs once. */
export function header(headers: IncomingHttpHeaders, name: string): string | undefined {
  const value = headers[name]
  return Array.isArray(value) ? value.join(', ') : value
}

/** A value from the query that goes into a header. Throws InvalidArgument if a header cannot hold it. */
export function headerValue(name: string, value: string): string {
  if (/^[\t\x20-\x7e\x80-\xff]*$/.test(value)) return value
  throw invalidArgument('Header value cannot be represented using ISO-8859-1.', name, value)
}
