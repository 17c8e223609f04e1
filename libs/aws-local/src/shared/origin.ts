import type { IncomingMessage } from 'node:http'

/**
 * Tells whether a browser sent a request for a page of another origin. A page needs no permission to send a POST of plain text,
 * and other programs send no Origin header at all.
 */
export function isFromAnotherOrigin({ headers }: Pick<IncomingMessage, 'headers'>): boolean {
  const { origin, host } = headers
  return origin !== undefined && origin.replace(/^https?:\/\//, '').toLowerCase() !== host?.toLowerCase()
}
