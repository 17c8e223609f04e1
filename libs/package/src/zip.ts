import { PassThrough, type Readable } from 'node:stream'
import { ZipFile } from 'yazl'

/** Formats that are compressed already: deflating them only costs time. */
const compressed = /\.(?:zip|gz|mp4|m4v|mov|mpe?g|webm|jpe?g|png|gif|docx|xlsx|pptx)$/i

/**
 * Zips files in the given order, as a stream; each file is opened only when it is reached. The same files at the same
 * instant give the same bytes.
 *
 * @param date modification time of all files, an instant
 */
export function zipOf(names: readonly string[], open: (name: string) => Promise<Readable>, date: string): Readable {
  const zip = new ZipFile()
  const output = new PassThrough()
  const fail = (error: unknown) => output.destroy(error instanceof Error ? error : new Error(String(error)))
  zip.on('error', fail)
  const mtime = new Date(date)
  for (const name of names) {
    zip.addReadStreamLazy(name, { mtime, compress: !compressed.test(name) }, (give) => {
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
