import { dirname } from 'node:path'
import { isForTests, type Module } from './modules.ts'

/** The rooms of a package from the top down, by the folder that holds them; `.` is that folder itself. */
export type Rooms = Readonly<Record<string, readonly string[]>>

/**
 * Imports from a room to one above it, and modules in no room. A room is a folder below the package's source folder, with all
 * below it that is no room of its own.
 */
export function climbingImports(modules: readonly Module[], rooms: Rooms): readonly string[] {
  return Object.entries(rooms).flatMap(([folder, order]) => {
    const inside = modules.filter(({ path }) => path.startsWith(`${folder}/`))
    const homeless = inside.filter(({ path }) => roomOf(path, folder, order) === undefined && !isForTests(path))
    const climbing = inside
      .filter(({ path }) => !isForTests(path))
      .flatMap(({ path, imports }) =>
        imports
          .filter((imported) => imported.startsWith(`${folder}/`))
          .filter((imported) => levelOf(imported, folder, order) < levelOf(path, folder, order))
          .map((imported) => `${path} imports ${imported}, which is in a room above it`),
      )
    return [...homeless.map(({ path }) => `${path} is in no room of the table`), ...climbing]
  })
}

function levelOf(path: string, folder: string, order: readonly string[]): number {
  return order.indexOf(roomOf(path, folder, order) ?? '')
}

function roomOf(path: string, folder: string, order: readonly string[]): string | undefined {
  const below = dirname(path).slice(folder.length + 1)
  const holding = order.filter((room) => (room === '.' ? below === '' : below === room || below.startsWith(`${room}/`)))
  return holding.toSorted((a, b) => b.length - a.length)[0]
}

/** Circles of imports, each named once by its modules in order. */
export function importCircles(modules: readonly Module[]): readonly string[] {
  const importsBy = new Map(modules.map(({ path, imports }) => [path, imports]))
  const done = new Set<string>()
  const circles: string[] = []
  const visit = (path: string, way: readonly string[]): void => {
    const at = way.indexOf(path)
    if (at >= 0) circles.push([...way.slice(at), path].join(' -> '))
    if (at >= 0 || done.has(path)) return
    for (const imported of importsBy.get(path) ?? []) visit(imported, [...way, path])
    done.add(path)
  }
  for (const { path } of modules) visit(path, [])
  return circles
}

/** The most files that a folder may hold. */
export const maxFiles = 25
/** The fewest: a folder with less is part of the one around it. */
export const minFiles = 3

/** Folders in which tools, not readers, expect their files. */
const ordained =
  /(^|\/)(migrations|public|golden|fixtures|assets|histories|\.github.*|\.ci|bin|src|journals(\/[^/]+)?|source|public-api)$/

/** Folders with more files than a reader takes in, or with so few that they are none. Folders of folders are allowed. */
export function oddFolders(files: readonly string[]): readonly string[] {
  const byFolder = Map.groupBy(files, dirname)
  const parents = new Set([...byFolder.keys()].flatMap(ancestorsOf))
  return [...byFolder].flatMap(([folder, { length }]) => {
    if (length > maxFiles) return [`${folder} holds ${length} files, more than ${maxFiles}`]
    const mayBeSmall = folder === '.' || ordained.test(folder) || parents.has(folder)
    return length < minFiles && !mayBeSmall
      ? [`${folder} holds ${length} files: fewer than ${minFiles} need no folder`]
      : []
  })
}

function ancestorsOf(folder: string): string[] {
  const above = dirname(folder)
  return above === folder || above === '.' ? [] : [above, ...ancestorsOf(above)]
}

/** Doc comments that begin with a headless clause ("What sends to a queue.") instead of saying what the thing is or does. */
export function headlessComments(text: string): readonly string[] {
  const headless = /\/\*\*[\s*]*((?:What|How|Where|When|Why|Whether|Who|Whose|Which|Whatever|Whoever|Whom)\b[^\n]*)/g
  return [...text.matchAll(headless)].map(([, line = '']) => line.replace(/\s*\*\/$/, ''))
}
