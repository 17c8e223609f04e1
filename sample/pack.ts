import { createWriteStream } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { pipeline } from 'node:stream/promises'
import yazl from 'yazl'

/** A file of `source/`. */
export const source = (name: string) => readFile(new URL(`source/${name}`, import.meta.url))

/** Writes a package beside this file; its bytes are the same whenever its files are. */
export async function pack(name: string, entries: Readonly<Record<string, Buffer>>): Promise<void> {
  const zip = new yazl.ZipFile()
  for (const [entry, bytes] of Object.entries(entries))
    zip.addBuffer(bytes, entry, { mtime: new Date('2026-11-02T00:00:00Z') })
  zip.end()
  await pipeline(zip.outputStream, createWriteStream(new URL(name, import.meta.url)))
}
