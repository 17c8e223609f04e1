import { createWriteStream } from 'node:fs'
import { Transform } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createHash, type Hash } from 'node:crypto'
import { crc32 } from 'node:zlib'
import type { ZipFile } from 'yauzl'
import { NotAZipFailure } from './errors.ts'
import type { PackedFile } from './contents.ts'

/**
 * Unpacks one file of a package to a path on disk, in a stream. The output is checked against the zip's directory: its
 * size while it is inflated, so that a directory that lies cannot fill the disk, and its checksum at the end.
 *
 * @returns the SHA-256 of the file, in hex
 * @throws {NotAZipFailure} when the data is damaged, or more or less than was announced
 */
export async function unpackFile(zip: ZipFile, file: PackedFile, path: string, signal: AbortSignal): Promise<string> {
  const sha256 = createHash('sha256')
  let zipError: unknown
  try {
    const source = await zip.openReadStreamPromise(file.entry).catch((error: unknown) => {
      zipError = error
      throw error
    })
    source.once('error', (error) => (zipError = error))
    await pipeline(source, checked(file, sha256), createWriteStream(path), { signal })
    return sha256.digest('hex')
  } catch (error) {
    if (error !== zipError && !(error instanceof ChecksumError)) throw error
    throw new NotAZipFailure(
      `The zip is damaged: "${file.name}" does not match the zip's directory. ` +
        'Ask for the package again and put it in the bucket.',
      { cause: error },
    )
  }
}

class ChecksumError extends Error {}

function checked({ entry }: PackedFile, sha256: Hash): Transform {
  let checksum = 0
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      checksum = crc32(chunk, checksum)
      sha256.update(chunk)
      done(null, chunk)
    },
    flush(done) {
      done(checksum === entry.crc32 ? null : new ChecksumError(`checksum ${checksum}, announced ${entry.crc32}`))
    },
  })
}
