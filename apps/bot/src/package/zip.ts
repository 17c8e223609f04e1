import { PassThrough, type Readable } from 'node:stream'
import { ZipFile } from 'yazl'

/**
 * A zip of files in the order given, as a stream: each file is opened when its turn comes. The same files at the same
 * instant make the same bytes.
 *
 * @param date instant that all files are dated with
 */
export function zipOf(names: readonly string[], open: (name: string) => Promise<Readable>, date: string): Readable {
  const zip = new ZipFile()
  const output = new PassThrough()
  const fail = (error: unknown) => output.destroy(error instanceof Error ? error : new Error(String(error)))
  zip.on('error', fail)
  const mtime = new Date(date)
  for (const name of names) {
    zip.addReadStreamLazy(name, { mtime }, (give) => {
      open(name).then((stream) => {
        stream.once('error', fail)
        give(null, stream)
      }, fail)
    })
  }
  zip.end()
  zip.outputStream.pipe(output)
  return output
}
