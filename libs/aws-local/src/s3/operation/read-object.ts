import { checksumHeaders } from '../wire/checksum-headers.ts'
import { checkRead } from '../wire/conditions.ts'
import { header, headerValue } from '../wire/headers.ts'
import { descriptionHeaders } from '../wire/object-headers.ts'
import { invalidArgument, S3Error } from '../model/errors.ts'
import type { StoredObject } from '../store/object-store.ts'
import { parseRange, sliceSegments, type ByteRange } from '../model/range.ts'
import { objectOf, type Answer, type Call, type Operation, type S3 } from './s3.ts'

/** Which bytes of the object a read is about, and what the reply says of them. */
interface Selection {
  readonly range: ByteRange
  readonly partial: boolean
  readonly headers: Readonly<Record<string, string>>
}

/** What GET and HEAD tell of an object. */
function describeRead(s3: S3, call: Call): { object: StoredObject; selection: Selection; answer: Answer } {
  checkVersion(call)
  const object = objectOf(s3, call)
  const headers = standardHeaders(object)
  checkRead(call.headers, object)
  const selection = select(object, call)
  const wantsChecksum = header(call.headers, 'x-amz-checksum-mode')?.toUpperCase() === 'ENABLED'
  return {
    object,
    selection,
    answer: {
      status: selection.partial ? 206 : 200,
      headers: {
        ...headers,
        ...descriptionHeaders(object.description),
        ...responseOverrides(call),
        // Of part of the bytes the checksum of the whole says nothing.
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
  // Held from now on, so that a write that replaces the object does not take its bytes from under this read.
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

// Below this a stream costs more than what it carries.
const streamedFrom = 256 * 1024

/** The bytes of a range, file after file. */
export async function* readBytes(s3: S3, { segments }: Pick<StoredObject, 'segments'>, range: ByteRange) {
  for (const { file, from, to } of sliceSegments(segments, range)) yield* s3.files.read(file, from, to)
}

/** What a reply about an object always says. */
const standardHeaders = ({ etag, modified }: Pick<StoredObject, 'etag' | 'modified'>): Record<string, string> => ({
  etag: `"${etag}"`,
  'last-modified': new Date(modified).toUTCString(),
  'accept-ranges': 'bytes',
})

/** Versions do not exist here; `null` is the name of the one there is. Throws InvalidArgument for any other. */
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

/** `response-content-type=...` and its kind, with which a presigned link names what the browser is told. */
const responseOverrides = ({ query }: Call): Record<string, string> =>
  Object.fromEntries(
    [...query]
      .filter(([name]) => name.startsWith('response-'))
      .map(([name, value]) => [name.slice('response-'.length), headerValue(name, value)]),
  )
