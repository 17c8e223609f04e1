import { createWriteStream } from 'node:fs'
import { Transform } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { crc32 } from 'node:zlib'
import type { ZipFile } from 'yauzl'
import { NotAZip } from './errors.ts'
import type { PackedFile } from './contents.ts'

/**
 * Unpacks one file of a package to a path on disk, in a stream. What comes out is held to the zip's directory: to its
 * size while it is inflated, so that a directory that lies cannot fill the disk, and to its checksum at the end.
 *
 * @throws {NotAZip} when the data is damaged, or more or less than was announced
 */
export async function unpackFile(zip: ZipFile, file: PackedFile, path: string, signal: AbortSignal): Promise<void> {
  let fault: unknown
  try {
    const source = await zip.openReadStreamPromise(file.entry).catch((error: unknown) => {
      fault = error
      throw error
    })
    source.once('error', (error) => (fault = error))
    await pipeline(source, checked(file), createWriteStream(path), { signal })
  } catch (error) {
    if (error !== fault && !(error instanceof WrongChecksum)) throw error
    throw new NotAZip(
      `The zip is damaged: "${file.name}" does not unpack to what the zip's directory says. ` +
        'Ask for the package again and put it in the bucket.',
      { cause: error },
    )
  }
}

class WrongChecksum extends Error {}

function checked({ entry }: PackedFile): Transform {
  let checksum = 0
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      checksum = crc32(chunk, checksum)
      done(null, chunk)
    },
    flush(done) {
      done(checksum === entry.crc32 ? null : new WrongChecksum(`checksum ${checksum}, announced ${entry.crc32}`))
    },
  })
}
