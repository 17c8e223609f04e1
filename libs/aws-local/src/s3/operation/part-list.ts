import { createHash } from 'node:crypto'
import { createChecksum, checksumElement, type Checksum } from '../model/checksums.ts'
import { combineCrcs, isCrc } from '../model/crc-combine.ts'
import { S3Error } from '../model/errors.ts'
import type { Part, Upload } from '../store/upload-store.ts'
import { childrenOf, childText, readXml, requiredChildText, type XmlElement } from '../wire/xml-reader.ts'

const minPartSize = 5 * 1024 ** 2

/**
 * Reads the body of CompleteMultipartUpload and finds the parts that it names. Throws MalformedXML, InvalidPartOrder, InvalidPart
 * or EntityTooSmall.
 */
export function chooseParts(document: string, uploaded: readonly Part[]): Part[] {
  const named = childrenOf(readXml(document, 'CompleteMultipartUpload'), 'Part')
  if (named.length === 0) throw new S3Error('MalformedXML')
  const byNumber = new Map(uploaded.map((part) => [part.number, part]))
  const chosen = named.map((element) => findPart(element, byNumber))
  for (const [index, { number }] of chosen.entries())
    if (index > 0 && number <= (chosen[index - 1]?.number ?? 0)) throw new S3Error('InvalidPartOrder')
  const small = chosen.slice(0, -1).find(({ size }) => size < minPartSize)
  if (small)
    throw new S3Error('EntityTooSmall', undefined, {
      ProposedSize: small.size,
      MinSizeAllowed: minPartSize,
      PartNumber: small.number,
      ETag: small.etag,
    })
  return chosen
}

function findPart(element: XmlElement, byNumber: ReadonlyMap<number, Part>): Part {
  const number = requiredChildText(element, 'PartNumber')
  const etag = requiredChildText(element, 'ETag').replaceAll('"', '').trim()
  const part = byNumber.get(Number(number))
  const said = part?.checksum && childText(element, checksumElement(part.checksum.algorithm))
  if (!part || part.etag !== etag || (said !== undefined && said !== part.checksum?.value))
    throw new S3Error('InvalidPart', undefined, { PartNumber: number, ETag: etag })
  return part
}

/** The MD5 of the parts' MD5s, followed by their count. */
export function entityTagOf(parts: readonly Part[]): string {
  const md5s = parts.map(({ etag }) => Buffer.from(etag, 'hex'))
  return `${createHash('md5').update(Buffer.concat(md5s)).digest('hex')}-${parts.length}`
}

/** The checksum of the whole, if every part has one of the upload's algorithm. */
export function checksumOf({ algorithm, checksumType: type }: Upload, parts: readonly Part[]): Checksum | undefined {
  if (!algorithm || !type) return undefined
  const known = parts.flatMap(({ checksum, size }) =>
    checksum?.algorithm === algorithm ? [{ value: checksum.value, size }] : [],
  )
  if (known.length !== parts.length) return undefined
  if (type === 'FULL_OBJECT')
    return isCrc(algorithm) ? { algorithm, type, value: combineCrcs(algorithm, known) } : undefined
  const digest = createChecksum(algorithm)
  for (const { value } of known) digest.update(Buffer.from(value, 'base64'))
  return { algorithm, type, value: `${digest.digest().toString('base64')}-${parts.length}` }
}
