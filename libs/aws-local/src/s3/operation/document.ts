import { readVerified } from './intake.ts'
import { parseDeclaredBody, type DeclaredBody } from '../wire/declared-content.ts'
import type { Call } from './s3.ts'

const maxDocumentSize = 8 * 1024 ** 2

/**
 * Reads the body of a request that carries XML or JSON. Throws EntityTooLarge, or BadDigest and similar errors if the body does not
 * match its headers.
 */
export async function readDocument(
  { body, headers, signedBy }: Call,
  declared: DeclaredBody = parseDeclaredBody(headers, signedBy),
): Promise<string> {
  const chunks: Buffer[] = []
  await readVerified(body, declared, maxDocumentSize, (content) => void chunks.push(content))
  return Buffer.concat(chunks).toString()
}
