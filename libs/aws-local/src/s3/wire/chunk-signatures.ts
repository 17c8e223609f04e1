import { createHash } from 'node:crypto'
import type { IncomingHttpHeaders } from 'node:http'
import { mac, sameSignature, sha256, signingKey } from '../../signature/v4.ts'
import { header } from './headers.ts'
import { S3Error } from '../model/errors.ts'
import type { SecretOf } from './presigned.ts'

/** Verifies the signature of each frame of an `aws-chunked` body as it arrives. Throws SignatureDoesNotMatch. */
export interface ChunkSignatures {
  /** Starts a frame, with the signature given after its length. */
  begin(signature: string | undefined): void
  data(content: Uint8Array): void
  end(): void
  /** Checks the lines `name:value` after the last frame, and their signature if there is one. */
  trailers(lines: readonly string[], signature: string | undefined): void
}

/** The start of the signature chain: the request's own signature and its scope and secret. */
interface Seed {
  readonly signature: string
  readonly date: string
  readonly scope: string
  readonly secret: string
}

const mismatch = () => new S3Error('SignatureDoesNotMatch')

/**
 * Creates the verifier for a body whose frames are signed (`STREAMING-AWS4-HMAC-SHA256-PAYLOAD`, `...-TRAILER`); undefined for any
 * other. Each signature covers the one before it, the first that of the request, so no frame can be left out, changed or moved.
 */
export function chunkSignaturesOf(headers: IncomingHttpHeaders, secretOf: SecretOf): ChunkSignatures | undefined {
  const payload = header(headers, 'x-amz-content-sha256') ?? ''
  if (!payload.startsWith('STREAMING-AWS4-')) return undefined
  const authorization = headers.authorization ?? ''
  const [, accessKey = '', scope = ''] = /\bCredential=([^/,\s]+)\/([^,\s]+)/.exec(authorization) ?? []
  const [, signature = ''] = /\bSignature=([0-9a-f]{64})/.exec(authorization) ?? []
  const secret = secretOf(accessKey)
  if (secret === undefined) throw mismatch()
  const date = header(headers, 'x-amz-date') ?? ''
  return createChunkSignatures({ signature, date, scope, secret }, payload.endsWith('-TRAILER'))
}

export function createChunkSignatures(
  { signature, date, scope, secret }: Seed,
  signsTrailers: boolean,
): ChunkSignatures {
  const key = signingKey(scope, secret)
  let previous = signature
  let claimed: string | undefined
  let hash = createHash('sha256')

  function check(kind: string, given: string | undefined, ...hashes: string[]): void {
    const expected = mac(key, [`AWS4-HMAC-SHA256-${kind}`, date, scope, previous, ...hashes].join('\n')).toString('hex')
    if (given === undefined || !sameSignature(given, expected)) throw mismatch()
    previous = expected
  }
  return {
    begin(given) {
      claimed = given
      hash = createHash('sha256')
    },
    data: (content) => void hash.update(content),
    end: () => check('PAYLOAD', claimed, sha256(''), hash.digest('hex')),
    trailers(lines, given) {
      if (signsTrailers) check('TRAILER', given, sha256(lines.map((line) => `${line}\n`).join('')))
      // Without a signature, anyone could have added them.
      else if (lines.length > 0) throw mismatch()
    },
  }
}
