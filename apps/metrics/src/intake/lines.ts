import { pipeline, Readable } from 'node:stream'
import { createGunzip } from 'node:zlib'

/**
 * Yields the lines of a text, one after the other: plain, or compressed with gzip, as its first two bytes tell.
 *
 * @throws the error of the stream, or of a damaged archive
 */
export async function* linesOf(content: Readable): AsyncGenerator<string> {
  const decoder = new TextDecoder()
  let rest = ''
  for await (const chunk of await plainBytes(content)) {
    const lines = (rest + decoder.decode(chunk, { stream: true })).split('\n')
    rest = lines.pop() ?? ''
    for (const line of lines) yield line.replace(/\r$/, '')
  }
  if (rest !== '') yield rest
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
