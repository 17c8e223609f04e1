import { createReadStream } from 'node:fs'
import { open } from 'node:fs/promises'
import { Readable } from 'node:stream'
import { fromRandomAccessReaderPromise, RandomAccessReader, type ZipFile } from 'yauzl'
import { NotAZipFailure } from './errors.ts'

/**
 * Opens a zip on disk for random reads; the caller closes it.
 * @throws {NotAZipFailure} saying whether it is empty, something else, a truncated zip, or one behind something else
 */
export async function openPackage(path: string): Promise<{ zip: ZipFile; bytes: number }> {
  const { size, start } = await sizeAndStart(path)
  if (size === 0) throw new NotAZipFailure('The file is empty. Put the package in the bucket again.')
  try {
    const zip = await fromRandomAccessReaderPromise(new FileReader(path), size, {
      autoClose: false,
      decodeStrings: false,
      validateEntrySizes: true,
    })
    if (start === 'PK') return { zip, bytes: size }
    zip.close()
  } catch (cause) {
    const truncated = start.startsWith('PK')
    throw new NotAZipFailure(
      truncated
        ? 'The zip is incomplete: its end is missing, as after an interrupted upload. Put the package in the bucket again.'
        : 'The file is not a zip. Put the zip of the package in the bucket.',
      { cause },
    )
  }
  throw new NotAZipFailure(
    'Something stands before the zip in the file, as in an archive that extracts itself. ' +
      'Zip the files again as a plain zip and put it in the bucket.',
  )
}

async function sizeAndStart(path: string): Promise<{ size: number; start: string }> {
  await using file = await open(path)
  const { size } = await file.stat()
  const { buffer, bytesRead } = await file.read({ buffer: Buffer.alloc(2), position: 0 })
  return { size, start: buffer.toString('latin1', 0, bytesRead) }
}

/**
 * Opens a stream of its own for every range. yauzl's own streams share one descriptor; one that is destroyed while its read
 * waits behind another's throws where nothing can catch it.
 */
class FileReader extends RandomAccessReader {
  readonly #path: string

  constructor(path: string) {
    super()
    this.#path = path
  }

  override _readStreamForRange(start: number, end: number): Readable {
    return start === end ? Readable.from([]) : createReadStream(this.#path, { start, end: end - 1 })
  }
}
