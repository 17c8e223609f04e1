import { createHash, createPrivateKey, createPublicKey } from 'node:crypto'

/** An SSH host key. */
export interface HostKey {
  /** In OpenSSH's own format. */
  readonly privateKey: string
  /** As `ssh-keygen -l` prints it: `SHA256:...`. */
  readonly fingerprint: string
}

const type = 'ssh-ed25519'

/** An Ed25519 host key made from a text: the same text gives the same key, so that a stand-in is known after a restart. It is no secret. */
export function hostKeyFrom(text: string): HostKey {
  const seed = createHash('sha256').update(text).digest()
  const key = createPrivateKey({
    key: Buffer.concat([Buffer.from('302e020100300506032b657004220420', 'hex'), seed]),
    format: 'der',
    type: 'pkcs8',
  })
  const point = createPublicKey(key).export({ format: 'der', type: 'spki' }).subarray(-32)
  const publicKey = Buffer.concat([field(type), field(point)])
  const check = Buffer.alloc(8, 7)
  const secret = Buffer.concat([check, publicKey, field(Buffer.concat([seed, point])), field('stand-in')])
  const padding = Buffer.from(Array.from({ length: (8 - (secret.length % 8)) % 8 }, (_, index) => index + 1))
  const file = Buffer.concat([
    Buffer.from('openssh-key-v1\0'),
    field('none'),
    field('none'),
    field(''),
    uint32(1),
    field(publicKey),
    field(Buffer.concat([secret, padding])),
  ])
  const lines = file.toString('base64').match(/.{1,70}/g) ?? []
  const label = 'OPENSSH PRIVATE KEY'
  return {
    privateKey: [`-----BEGIN ${label}-----`, ...lines, `-----END ${label}-----`, ''].join('\n'),
    fingerprint: `SHA256:${createHash('sha256').update(publicKey).digest('base64').replace(/=+$/, '')}`,
  }
}

function field(value: string | Buffer): Buffer {
  const bytes = Buffer.from(value)
  return Buffer.concat([uint32(bytes.length), bytes])
}

function uint32(value: number): Buffer {
  const bytes = Buffer.alloc(4)
  bytes.writeUInt32BE(value)
  return bytes
}
