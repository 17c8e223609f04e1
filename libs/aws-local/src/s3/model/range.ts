import { S3Error } from './errors.ts'

/** A file that holds consecutive bytes of an object and never changes. Its name is independent of the key. */
export interface Segment {
  readonly file: string
  readonly size: number
}

/** Bytes `from`..`to` of an object, both included. */
export interface ByteRange {
  readonly from: number
  readonly to: number
}

/**
 * Reads a Range header for an object of `size` bytes: `bytes=a-b`, `bytes=a-` or `bytes=-n`. Anything else, several
 * ranges included, is ignored as HTTP allows, and the whole object is sent. Throws InvalidRange for one that lies
 * outside.
 */
export function parseRange(text: string | undefined, size: number): ByteRange | undefined {
  const [, first, last] = /^bytes=(\d*)-(\d*)$/.exec(text?.trim() ?? '') ?? []
  if (first === undefined || last === undefined || first + last === '') return undefined
  if (first !== '' && last !== '' && Number(first) > Number(last)) return undefined
  const from = first === '' ? Math.max(0, size - Number(last)) : Number(first)
  const to = first === '' || last === '' ? size - 1 : Math.min(Number(last), size - 1)
  if (from > to) throw new S3Error('InvalidRange', undefined, { RangeRequested: text, ActualObjectSize: size })
  return { from, to }
}

/** The bytes of each file that make up a range of the whole, in order. */
export function sliceSegments(segments: readonly Segment[], { from, to }: ByteRange): (ByteRange & { file: string })[] {
  let start = 0
  return segments.flatMap(({ file, size }) => {
    const slice = { file, from: Math.max(0, from - start), to: Math.min(size - 1, to - start) }
    start += size
    return slice.from <= slice.to ? [slice] : []
  })
}
