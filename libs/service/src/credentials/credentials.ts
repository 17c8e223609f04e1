import { hash, timingSafeEqual } from 'node:crypto'

/** Returns the token of an `Authorization: Bearer ...` header, if there is one. */
export function bearer(request: { headers: { authorization?: string | undefined } }): string | undefined {
  return /^Bearer +(\S+) *$/i.exec(request.headers.authorization ?? '')?.[1]
}

/** Compares two secrets in constant time. */
export function sameSecret(a: string, b: string): boolean {
  return timingSafeEqual(digest(a), digest(b))
}

/** A secret; or two of which each is accepted, while one takes the other's place. The first is the one that is sent. */
export type Secrets = string | readonly [current: string, ...others: string[]]

/** Puts the secret of a setting together with the second one that is accepted beside it, if there is one. */
export function bothSecrets(current: string, second: string | undefined): Secrets {
  return second === undefined ? current : [current, second]
}

/** Tells whether a secret is one of those that are accepted. Compares with all of them, each in constant time. */
export function isAccepted(given: string | undefined, accepted: Secrets): boolean {
  if (given === undefined) return false
  return [accepted].flat().filter((secret) => sameSecret(given, secret)).length > 0
}

/** Returns the secret that is sent, and that signs. */
export function currentSecret(secrets: Secrets): string {
  return typeof secrets === 'string' ? secrets : secrets[0]
}

function digest(text: string): Buffer {
  return hash('sha256', text, 'buffer')
}
