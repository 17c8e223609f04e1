import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { buffer } from 'node:stream/consumers'
import { ZipFile } from 'yazl'

/** Zips files, as a typesetter does. */
export async function zipWith(files: Readonly<Record<string, Buffer | string>>): Promise<Buffer> {
  const zip = new ZipFile()
  for (const [name, content] of Object.entries(files)) {
    zip.addBuffer(Buffer.from(content), name, { mtime: new Date('2016-07-28T16:14:27Z') })
  }
  const bytes = buffer(zip.outputStream)
  zip.end()
  return bytes
}

/** Replaces a name everywhere in a zip by another of the same length, as no honest tool does. */
export function renamedInside(zip: Buffer, from: string, to: string): Buffer {
  if (from.length !== to.length) throw new Error('the names must be of one length')
  return Buffer.from(zip.toString('latin1').replaceAll(from, to), 'latin1')
}

/** Overwrites a field of each entry in a zip's central directory. */
export function withDirectoryField(zip: Buffer, offset: number, value: number, bytes: 2 | 4): Buffer {
  const changed = Buffer.from(zip)
  for (
    let at = changed.indexOf('PK\x01\x02', 0, 'latin1');
    at !== -1;
    at = changed.indexOf('PK\x01\x02', at + 4, 'latin1')
  ) {
    changed.writeUIntLE(value, at + offset, bytes)
  }
  return changed
}

/** Offsets in an entry of a zip's central directory. */
export const directoryFields = { flags: 8, method: 10, checksum: 16, packedSize: 20, size: 24 }

/** Writes a file into a folder that the test removes; returns its path. */
export async function fileIn(folder: string, name: string, content: Buffer): Promise<string> {
  const path = join(folder, name)
  await writeFile(path, content)
  return path
}
