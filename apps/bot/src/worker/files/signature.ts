import { createHash, createHmac } from 'node:crypto'

/** A request to S3 with everything in it that is signed: `host` among the headers, whose names are in lower case. */
export interface SignedParts {
  readonly method: string
  /** Encoded as it is sent. */
  readonly path: string
  readonly headers: Readonly<Record<string, string>>
  /** The SHA-256 of the body, in hex. */
  readonly bodyHash: string
}

/** The credentials of a request, and where and when it is sent. */
export interface Signer {
  readonly accessKeyId: string
  readonly secretAccessKey: string
  readonly region: string
  /** `20260704T120000Z` */
  readonly time: string
}

/** Computes the `authorization` header of a request without a query string, by AWS's Signature Version 4. */
export function authorizationOf({ method, path, headers, bodyHash }: SignedParts, signer: Signer): string {
  const sorted = Object.entries(headers).toSorted(([a], [b]) => (a < b ? -1 : 1))
  const names = sorted.map(([name]) => name).join(';')
  const lines = sorted.map(([name, value]) => `${name}:${value.trim().replaceAll(/ +/g, ' ')}\n`).join('')
  const canonical = [method, path, '', lines, names, bodyHash].join('\n')
  const day = signer.time.slice(0, 8)
  const scope = `${day}/${signer.region}/s3/aws4_request`
  const toSign = ['AWS4-HMAC-SHA256', signer.time, scope, sha256(canonical)].join('\n')
  const signature = createHmac('sha256', keyOf(signer, day)).update(toSign).digest('hex')
  return `AWS4-HMAC-SHA256 Credential=${signer.accessKeyId}/${scope}, SignedHeaders=${names}, Signature=${signature}`
}

export function sha256(data: Uint8Array | string): string {
  return createHash('sha256').update(data).digest('hex')
}

/** The last key: it stays the same for a day, unless the credentials change. */
let last: { readonly of: string; readonly key: Buffer } | undefined

function keyOf({ secretAccessKey, region }: Signer, day: string): Buffer {
  const of = `${day} ${region} ${secretAccessKey}`
  if (last?.of === of) return last.key
  const key = [day, region, 's3', 'aws4_request'].reduce<Buffer | string>(
    (secret, part) => createHmac('sha256', secret).update(part).digest(),
    `AWS4${secretAccessKey}`,
  )
  last = { of, key: Buffer.from(key) }
  return last.key
}
