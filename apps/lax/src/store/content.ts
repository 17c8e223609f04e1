import { createHash } from 'node:crypto'

/** JSON as it goes over the wire. */
export interface Content {
  bytes: Buffer
  /** A hash of the bytes. */
  digest: string
}

export function contentOf(text: string): Content {
  const bytes = Buffer.from(text)
  return { bytes, digest: createHash('sha1').update(bytes).digest('base64url') }
}
