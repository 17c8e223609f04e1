import { existsSync, readdirSync, readFileSync, readlinkSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { Type, type Static } from 'typebox'
import { Value } from 'typebox/value'

/**
 * The owner of a folder below `/var/lib/continuum`: the link to it, and the folders above that link, the nearest first. A
 * folder is identified by device and inode, so that an unmounted disk is not mistaken for a deleted folder.
 */
const Owner = Type.Object({
  link: Type.String(),
  within: Type.Array(Type.Object({ path: Type.String(), device: Type.Number(), number: Type.Number() })),
})

const ownerFile = 'owner.json'

/** Records the owner of a folder. The link must exist: a folder whose link is missing counts as left behind. */
export function noteOwner(folder: string, link: string): void {
  const within = ancestorsOf(link).map((path) => ({ path, ...identityOf(path) }))
  writeFileSync(join(folder, ownerFile), JSON.stringify({ link, within } satisfies Static<typeof Owner>))
}

/**
 * Removes the folders whose owner was deleted by hand, and with it the link. A folder is removed only if that is certain:
 * its owner is recorded, the nearest existing folder above the link is the recorded one, and no server runs on it.
 *
 * @returns the folders that were removed
 */
export function removeLeftBehind(systemFolder: string): string[] {
  if (!existsSync(systemFolder)) return []
  const folders = readdirSync(systemFolder)
    .filter((name) => name.startsWith('data-'))
    .map((name) => join(systemFolder, name))
  const left = folders.filter((folder) => isLeftBehind(folder) && !isServed(folder))
  for (const folder of left) rmSync(folder, { recursive: true, force: true })
  return left
}

function isLeftBehind(folder: string): boolean {
  const owner = ownerOf(folder)
  if (!owner || targetOf(owner.link)?.startsWith(`${folder}/`)) return false
  const nearest = owner.within.find(({ path }) => existsSync(path))
  if (!nearest) return false
  const now = identityOf(nearest.path)
  return now.device === nearest.device && now.number === nearest.number
}

function ownerOf(folder: string): Static<typeof Owner> | undefined {
  try {
    const value: unknown = JSON.parse(readFileSync(join(folder, ownerFile), 'utf8'))
    return Value.Check(Owner, value) ? value : undefined
  } catch {
    return undefined
  }
}

function targetOf(link: string): string | undefined {
  try {
    return readlinkSync(link)
  } catch {
    return undefined
  }
}

/** Reports whether a live server uses the folder. */
function isServed(folder: string): boolean {
  try {
    const [pid] = readFileSync(join(folder, 'postgres', 'postmaster.pid'), 'utf8').split('\n')
    process.kill(Number(pid), 0)
    return true
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
}

function ancestorsOf(path: string): string[] {
  const above = dirname(path)
  return above === path ? [] : [above, ...ancestorsOf(above)]
}

function identityOf(path: string): { device: number; number: number } {
  const { dev, ino } = statSync(path)
  return { device: dev, number: ino }
}
