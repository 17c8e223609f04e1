import { pipeline, Readable } from 'node:stream'
import { createGunzip } from 'node:zlib'

/** The longest line of a log: CloudFront's have at most some addresses of 8 KB. */
const maxLine = 65_536

/** Thrown for a text with a line that no log has. Never retried: it says no more the next time. */
export class LongLineError extends Error {
  override readonly name = 'LongLineError'
  readonly retry = false
}

/**
 * Yields the lines of a text, one after the other: plain, or compressed with gzip, as its first two bytes tell. Each line is a
 * string of its own: a part of it that is kept keeps no more of the file.
 *
 * @throws LongLineError; the error of the stream, or of a damaged archive
 */
export async function* linesOf(content: Readable): AsyncGenerator<string> {
  let rest = Buffer.alloc(0)
  for await (const chunk of await plainBytes(content)) {
    const bytes = rest.length === 0 ? Buffer.from(chunk) : Buffer.concat([rest, chunk])
    let from = 0
    for (let end = bytes.indexOf(newline); end >= 0; end = bytes.indexOf(newline, from)) {
      yield textOf(bytes.subarray(from, end))
      from = end + 1
    }
    rest = bytes.subarray(from)
    if (rest.length > maxLine) throw new LongLineError(`It has a line of more than ${maxLine} bytes`)
  }
  if (rest.length > 0) yield textOf(rest)
}

const newline = 0x0a

function textOf(line: Buffer): string {
  return line.toString('utf8', 0, line.at(-1) === 0x0d ? line.length - 1 : line.length)
}

async function plainBytes(content: Readable): Promise<AsyncIterable<Uint8Array>> {
  const bytes: AsyncIterator<Uint8Array | string> = content[Symbol.asyncIterator]()
  const first = await bytes.next()
  if (first.done) return Readable.from([])
  const start = Buffer.from(first.value)
  async function* all() {
    yield start
    for (let next = await bytes.next(); !next.done; next = await bytes.next()) yield Buffer.from(next.value)
  }
  if (start[0] !== 0x1f || start[1] !== 0x8b) return all()
  const unzipped = createGunzip()
  // Its own iteration throws what goes wrong.
  pipeline(Readable.from(all(), { objectMode: false }), unzipped, () => undefined)
  return unzipped
}
