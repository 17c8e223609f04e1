import { existsSync, readdirSync, readFileSync, readlinkSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { Type, type Static } from 'typebox'
import { Value } from 'typebox/value'

/**
 * Of whom a folder below `/var/lib/continuum` is: where the link to it lies, and which folders that was in, the nearest
 * first. A folder is known by device and number, so that a disk that is not mounted is told from a folder that is gone.
 */
const Owner = Type.Object({
  link: Type.String(),
  within: Type.Array(Type.Object({ path: Type.String(), device: Type.Number(), number: Type.Number() })),
})

const ownerFile = 'owner.json'

/** Writes down whose a folder is. The link must be there: a folder whose owner's link is missing is left behind. */
export function noteOwner(folder: string, link: string): void {
  const within = ancestorsOf(link).map((path) => ({ path, ...identityOf(path) }))
  writeFileSync(join(folder, ownerFile), JSON.stringify({ link, within } satisfies Static<typeof Owner>))
}

/**
 * Removes the folders whose owner was deleted by hand, and with it the link. One is removed only where that is certain: it
 * says whose it was, the nearest folder that is still there on the way to its link is the very one that was there then,
 * and no server runs on it.
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

/** Whether a server that is alive says that this is its data. */
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
