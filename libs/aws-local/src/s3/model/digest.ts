import { createHash } from 'node:crypto'

/** A digest that is fed piece by piece. */
export interface Digest {
  update(chunk: Uint8Array): void
  digest(): Buffer
}

/** A digest computed by Node's crypto module. */
export function createNodeHash(algorithm: 'md5' | 'sha1' | 'sha256'): Digest {
  const hash = createHash(algorithm)
  return { update: (chunk) => void hash.update(chunk), digest: () => hash.digest() }
}
