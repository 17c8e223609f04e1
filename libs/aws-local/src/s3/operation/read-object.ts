import { checksumHeaders } from '../wire/checksum-headers.ts'
import { checkRead } from '../wire/conditions.ts'
import { header, headerValue } from '../wire/headers.ts'
import { descriptionHeaders } from '../wire/object-headers.ts'
import { invalidArgument, S3Error } from '../model/errors.ts'
import type { StoredObject } from '../store/object-store.ts'
import { parseRange, sliceSegments, type ByteRange } from '../model/range.ts'
import { objectOf, type Answer, type Call, type Operation, type S3 } from './s3.ts'

/** The selected bytes of an object, and the headers that describe them. */
interface Selection {
  readonly range: ByteRange
  readonly partial: boolean
  readonly headers: Readonly<Record<string, string>>
}

/** The object and the reply that GET and HEAD have in common. */
function describeRead(s3: S3, call: Call): { object: StoredObject; selection: Selection; answer: Answer } {
  checkVersion(call)
  const object = objectOf(s3, call)
  const headers = standardHeaders(object)
  checkRead(call.headers, object)
  const selection = select(object, call)
  const described = { ...descriptionHeaders(object.description), ...responseOverrides(call) }
  const wantsChecksum = header(call.headers, 'x-amz-checksum-mode')?.toUpperCase() === 'ENABLED'
  return {
    object,
    selection,
    answer: {
      status: selection.partial ? 206 : 200,
      headers: {
        ...headers,
        ...described,
        ...sandboxHeaders(described['content-type']),
        // The checksum of the whole does not apply to a part of the bytes.
        ...(wantsChecksum && !selection.partial && checksumHeaders(object.checksum)),
        ...selection.headers,
      },
    },
  }
}

export const headObject: Operation = (s3, call) => describeRead(s3, call).answer

export const getObject: Operation = async (s3, call) => {
  const { object, selection, answer } = describeRead(s3, call)
  const { range } = selection
  // Held from now on, so that a write that replaces the object does not remove the bytes being read.
  const release = s3.files.hold(object.segments)
  const stream = readBytes(s3, object, range)
  if (range.to - range.from >= streamedFrom) return { ...answer, stream, release }
  try {
    const [bytes = Buffer.alloc(0), ...more] = await Array.fromAsync(stream)
    return { ...answer, bytes: more.length > 0 ? Buffer.concat([bytes, ...more]) : bytes }
  } finally {
    release()
  }
}

// Below this size a stream costs more than it saves.
const streamedFrom = 256 * 1024

/** The bytes of a range, file after file. */
export async function* readBytes(s3: S3, { segments }: Pick<StoredObject, 'segments'>, range: ByteRange) {
  for (const { file, from, to } of sliceSegments(segments, range)) yield* s3.files.read(file, from, to)
}

/**
 * Headers by which an object that a browser would open as a page (SVG, XML, HTML) runs no script at this server's address. In an
 * <img> nothing changes.
 */
const sandboxHeaders = (contentType: string | undefined): Record<string, string> => ({
  'x-content-type-options': 'nosniff',
  ...(/\b(?:html|xhtml|svg|xml|xslt)\b/i.test(contentType ?? '') && {
    'content-security-policy': "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:",
  }),
})

/** The headers that every reply about an object has. */
const standardHeaders = ({ etag, modified }: Pick<StoredObject, 'etag' | 'modified'>): Record<string, string> => ({
  etag: `"${etag}"`,
  'last-modified': new Date(modified).toUTCString(),
  'accept-ranges': 'bytes',
})

/** Checks `versionId`. There are no versions; `null` names the only one. Throws InvalidArgument for any other. */
export function checkVersion({ query }: Call): void {
  const version = query.get('versionId')
  if (version !== undefined && version !== 'null')
    throw invalidArgument('Invalid version id specified', 'versionId', version)
}

function select(object: StoredObject, { query, headers }: Call): Selection {
  const whole = { from: 0, to: object.size - 1 }
  const part = query.get('partNumber')
  const range = part === undefined ? parseRange(header(headers, 'range'), object.size) : rangeOfPart(object, part)
  const { from, to } = range ?? whole
  const many = object.segments.length > 1
  return {
    range: { from, to },
    partial: range !== undefined && object.size > 0,
    headers: {
      'content-length': String(to - from + 1),
      ...(range && object.size > 0 && { 'content-range': `bytes ${from}-${to}/${object.size}` }),
      ...(part !== undefined && many && { 'x-amz-mp-parts-count': String(object.segments.length) }),
    },
  }
}

function rangeOfPart({ segments }: StoredObject, text: string): ByteRange {
  const number = Number(text)
  const part = segments[number - 1]
  if (!Number.isInteger(number) || number < 1)
    throw invalidArgument('Part number must be an integer between 1 and 10000, inclusive', 'partNumber', text)
  if (!part)
    throw new S3Error('InvalidPartNumber', undefined, { ActualPartCount: segments.length, PartNumberRequested: text })
  const from = segments.slice(0, number - 1).reduce((sum, { size }) => sum + size, 0)
  return { from, to: from + part.size - 1 }
}

/** `response-content-type=...` and similar query parameters, which override headers of the reply to a presigned URL. */
const responseOverrides = ({ query }: Call): Record<string, string> =>
  Object.fromEntries(
    [...query]
      .filter(([name]) => name.startsWith('response-'))
      .map(([name, value]) => [name.slice('response-'.length), headerValue(name, value)]),
  )
