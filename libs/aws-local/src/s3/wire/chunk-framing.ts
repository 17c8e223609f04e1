import type { ChunkSignatures } from './chunk-signatures.ts'
import { S3Error } from '../model/errors.ts'

/** Decodes the frames of an `aws-chunked` body. */
export interface ChunkDecoder {
  /** Returns the content in these bytes, as slices of them. Throws IncompleteBody for anything that is not a frame. */
  push(bytes: Buffer): Buffer[]
  /** Returns the trailers by lower-case name. Throws IncompleteBody if the last frame has not arrived. */
  end(): ReadonlyMap<string, string>
}

const maxLineLength = 16_384
const broken = () =>
  new S3Error('IncompleteBody', 'The request body terminated unexpectedly or is not framed as aws-chunked.')

/**
 * Creates a decoder of frames `HEXLEN[;chunk-signature=...] CRLF data CRLF`; the last has length 0 and is followed by trailer lines
 * and an empty line. `signatures` sees all frames. The decoder reads a length, then data, then after the last frame trailers.
 */
export function createChunkDecoder(signatures?: ChunkSignatures): ChunkDecoder {
  const trailers = new Map<string, string>()
  const lines: string[] = []
  let state: 'length' | 'data' | 'data end' | 'trailers' | 'done' = 'length'
  let remaining = 0
  let line = ''

  const endOfLine = () => {
    const text = line.endsWith('\r') ? line.slice(0, -1) : line
    line = ''
    if (state === 'data end') {
      if (text !== '') throw broken()
      state = 'length'
    } else if (state === 'length') {
      const [, length, extension = ''] = /^([0-9a-fA-F]{1,12})(;.*)?$/.exec(text) ?? []
      if (length === undefined) throw broken()
      signatures?.begin(/;chunk-signature=([^;]*)/.exec(extension)?.[1])
      remaining = Number.parseInt(length, 16)
      state = remaining === 0 ? 'trailers' : 'data'
      if (remaining === 0) signatures?.end()
    } else if (text === '') {
      signatures?.trailers(lines, trailers.get('x-amz-trailer-signature'))
      state = 'done'
    } else {
      const [, name, value = ''] = /^([^:]+):(.*)$/.exec(text) ?? []
      if (name === undefined) throw broken()
      trailers.set(name.trim().toLowerCase(), value.trim())
      if (!/^x-amz-trailer-signature$/i.test(name.trim())) lines.push(`${name.trim().toLowerCase()}:${value.trim()}`)
    }
  }

  return {
    push(bytes) {
      const content: Buffer[] = []
      let at = 0
      while (at < bytes.length && state !== 'done') {
        if (state === 'data') {
          const slice = bytes.subarray(at, at + remaining)
          content.push(slice)
          signatures?.data(slice)
          at += slice.length
          remaining -= slice.length
          if (remaining === 0) {
            signatures?.end()
            state = 'data end'
          }
        } else {
          const end = bytes.indexOf(10, at)
          line += bytes.toString('latin1', at, end < 0 ? bytes.length : end)
          if (line.length > maxLineLength) throw broken()
          at = end < 0 ? bytes.length : end + 1
          if (end >= 0) endOfLine()
        }
      }
      if (at < bytes.length) throw broken()
      return content
    },
    end() {
      if (state !== 'done') throw broken()
      return trailers
    },
  }
}
