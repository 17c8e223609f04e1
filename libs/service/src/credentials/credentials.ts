import { hash, timingSafeEqual } from 'node:crypto'

/** Returns the token of an `Authorization: Bearer ...` header, if there is one. */
export function bearer(request: { headers: { authorization?: string | undefined } }): string | undefined {
  return /^Bearer +(\S+) *$/i.exec(request.headers.authorization ?? '')?.[1]
}

/** Compares two secrets in constant time. */
export function sameSecret(a: string, b: string): boolean {
  return timingSafeEqual(digest(a), digest(b))
}

function digest(text: string): Buffer {
  return hash('sha256', text, 'buffer')
}
