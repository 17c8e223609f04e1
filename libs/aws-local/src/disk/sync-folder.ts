import { open } from 'node:fs/promises'

/** Brings the names in a folder to disk: an fsync of a file does not promise that its name survives a power failure. */
export async function syncFolder(path: string): Promise<void> {
  // Windows neither opens folders nor needs it: NTFS logs names itself.
  if (process.platform === 'win32') return
  await using folder = await open(path, 'r')
  await folder.sync()
}
