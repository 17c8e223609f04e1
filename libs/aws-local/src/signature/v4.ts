import { createHmac, hash, timingSafeEqual } from 'node:crypto'

/** The parts of a request that Signature Version 4 covers. */
export interface Signed {
  readonly method: string
  /** The path of the canonical request, already encoded. */
  readonly path: string
  /** Decoded pairs, without the signature itself. */
  readonly query: Iterable<readonly [name: string, value: string]>
  readonly header: (name: string) => string | undefined
  /** Lower-case names, in the order of the signature: `host;x-amz-date`. */
  readonly signedHeaders: string
  /** SHA-256 of the body in hex, or a constant such as `UNSIGNED-PAYLOAD`. */
  readonly payload: string
}

/** Date and scope of a signature: `20260801T120000Z`, `20260801/us-east-1/s3/aws4_request`. */
export interface Scope {
  readonly date: string
  readonly scope: string
}

export const sha256 = (data: string | Uint8Array): string => hash('sha256', data, 'hex')

export function canonicalRequest({ method, path, query, header, signedHeaders, payload }: Signed): string {
  const pairs = Array.from(query, ([name, value]): [string, string] => [encode(name), encode(value)])
    .toSorted(([a, x], [b, y]) => (a === b ? order(x, y) : order(a, b)))
    .map((pair) => pair.join('='))
  const lines = signedHeaders.split(';').map((name) => `${name}:${(header(name) ?? '').trim().replace(/ +/g, ' ')}\n`)
  return [method, path, pairs.join('&'), lines.join(''), signedHeaders, payload].join('\n')
}

const order = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0)

/** The signature of a canonical request, in hex. */
export function signatureOf(canonical: string, { date, scope }: Scope, secret: string): string {
  return mac(signingKey(scope, secret), ['AWS4-HMAC-SHA256', date, scope, sha256(canonical)].join('\n')).toString('hex')
}

export const mac = (key: string | Buffer, data: string): Buffer => createHmac('sha256', key).update(data).digest()

/** Signing keys by secret and scope, which names day, region and service: a client signs with one all day. */
const keys = new Map<string, string | Buffer>()
const maxKeys = 100

/** Derives the signing key of a scope from a secret. */
export function signingKey(scope: string, secret: string): string | Buffer {
  const known = keys.get(`${secret} ${scope}`)
  if (known !== undefined) return known
  const key = scope.split('/').reduce<string | Buffer>(mac, `AWS4${secret}`)
  if (keys.size >= maxKeys) keys.clear()
  keys.set(`${secret} ${scope}`, key)
  return key
}

/** Compares two signatures in constant time. */
export function sameSignature(given: string | Buffer, expected: string | Buffer): boolean {
  const [one, other] = [Buffer.from(given), Buffer.from(expected)]
  return one.length === other.length && timingSafeEqual(one, other)
}

/** Parses `20260801T120000Z` into milliseconds; NaN for anything else. */
export function signingTime(date: string): number {
  const [, year, month, day, hour, minute, second] = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(date) ?? []
  return Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`)
}

/** Percent-encodes all but letters, digits and `-._~`, as signatures require. */
export const encode = (text: string): string =>
  encodeURIComponent(text).replace(/[!'()*]/g, (it) => `%${it.charCodeAt(0).toString(16).toUpperCase()}`)
