import { createHash, timingSafeEqual } from 'node:crypto'

/** The token of an `Authorization: Bearer ...` header, or undefined where there is none. */
export function bearer(request: { headers: { authorization?: string | undefined } }): string | undefined {
  return /^Bearer +(\S+) *$/i.exec(request.headers.authorization ?? '')?.[1]
}

/** Whether both are the same text, in a time that does not tell how much of it is right. */
export function sameSecret(a: string, b: string): boolean {
  return timingSafeEqual(digest(a), digest(b))
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest()
}
