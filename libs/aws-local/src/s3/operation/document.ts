import { readVerified } from './intake.ts'
import { parsePromised, type Promised } from '../wire/promised-content.ts'
import type { Call } from './s3.ts'

const largestDocument = 8 * 1024 ** 2

/**
 * The body of a request that carries XML or JSON. Throws EntityTooLarge, and BadDigest or its kind unless it is what
 * its headers say.
 */
export async function readDocument(
  { body, headers, signedBy }: Call,
  promised: Promised = parsePromised(headers, signedBy),
): Promise<string> {
  const chunks: Buffer[] = []
  await readVerified(body, promised, largestDocument, (content) => void chunks.push(content))
  return Buffer.concat(chunks).toString()
}
