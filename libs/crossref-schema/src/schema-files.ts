import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { XmlInputProvider } from 'libxml2-wasm'

/** Address under which libxml2 sees the folder `schema/`. */
const schemaRoot = 'crossref-schema:/'

/** Addresses by which the schema names files that lie in `schema/`. */
const folders: readonly (readonly [address: string, folder: string])[] = [
  [schemaRoot, ''],
  ['http://www.w3.org/Math/XMLSchema/mathml3/', 'standard-modules/mathml3/'],
  ['http://www.w3.org/2009/01/', ''],
]

interface OpenFile {
  readonly content: Uint8Array
  position: number
}

const open = new Map<number, OpenFile>()
let last = 0

/** Serves the schema's files to libxml2, and no others: what it asks for elsewhere is not found. */
export const schemaFiles: XmlInputProvider = {
  match: (name) => pathOf(name) !== undefined,
  open: (name) => {
    const path = pathOf(name)
    if (path === undefined || !existsSync(path)) return undefined
    open.set(++last, { content: readFileSync(path), position: 0 })
    return last
  },
  read: (handle, buffer) => {
    const file = open.get(handle)
    if (file === undefined) return -1
    const part = file.content.subarray(file.position, file.position + buffer.byteLength)
    buffer.set(part)
    file.position += part.byteLength
    return part.byteLength
  },
  close: (handle) => open.delete(handle),
}

/** Reads the schema's first file, which includes and imports the others. */
export function readEntry(): { readonly url: string; readonly content: Uint8Array } {
  const url = `${schemaRoot}crossref5.4.0.xsd`
  return { url, content: readFileSync(pathOf(url) ?? url) }
}

function pathOf(name: string): string | undefined {
  const [address, folder] = folders.find(([start]) => name.startsWith(start)) ?? []
  if (address === undefined || name.includes('..')) return undefined
  return fileURLToPath(new URL(`../schema/${folder}${name.slice(address.length)}`, import.meta.url))
}
