import { randomUUID } from 'node:crypto'
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { createGroupSync, type GroupSync } from '../../disk/group-sync.ts'
import { syncFolder } from '../../disk/sync-folder.ts'

/** Names for files, spread over subfolders by their first two characters. */
export interface ObjectFolders {
  /** A new name, in a subfolder that exists. */
  newFile(): string
  /** Resolves once the name of a file that has been put into its subfolder is on disk. */
  named(file: string): Promise<void>
}

/** Creates the names below `folder`; with `lasting` false, nothing is synced. */
export function createFolders(folder: string, lasting: boolean): ObjectFolders {
  const subfolders = new Map<string, { added: () => void; readonly sync: GroupSync }>()
  let made = 0
  const whole = createGroupSync(
    () => made,
    () => syncFolder(folder),
  )

  function subfolderOf(file: string) {
    const name = file.slice(0, 2)
    const known = subfolders.get(name)
    if (known) return known
    const path = join(folder, name)
    mkdirSync(path, { recursive: true })
    made++
    let names = 0
    const sync = createGroupSync(
      () => names,
      () => syncFolder(path),
    )
    const added = { added: () => void names++, sync }
    subfolders.set(name, added)
    return added
  }

  return {
    newFile() {
      const file = randomUUID()
      subfolderOf(file)
      return file
    },
    async named(file) {
      const subfolder = subfolderOf(file)
      subfolder.added()
      if (lasting) await Promise.all([subfolder.sync.settled(), whole.settled()])
    },
  }
}
