import { openPackage } from '@continuum/package'
import { buffer } from 'node:stream/consumers'

/** All files of a zip that are not in folders, by their names. */
export async function filesOfZip(path: string): Promise<ReadonlyMap<string, Buffer>> {
  const { zip } = await openPackage(path)
  const files = new Map<string, Buffer>()
  try {
    for await (const entry of zip.eachEntry()) {
      const name = entry.fileNameRaw.toString('utf8')
      if (!name.includes('/')) files.set(name, await buffer(await zip.openReadStreamPromise(entry)))
    }
  } finally {
    zip.close()
  }
  return files
}
