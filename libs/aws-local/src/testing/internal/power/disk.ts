import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import type { TracedCall } from './trace.ts'

/** The damage of a power failure to what was not synced: all of it is lost, names are kept but bytes lost, or some of both. */
export type Loss = 'everything unsynced' | 'unsynced bytes, but no names' | { readonly chance: () => boolean }

type Change = { readonly offset: number; readonly bytes: Buffer } | { readonly size: number }

interface File {
  onDisk: Buffer
  pending: Change[]
  /** The length that the process sees, for writes at the end. */
  length: number
}

interface NameChange {
  readonly folder: string
  readonly path: string
  /** Undefined if the name was removed. */
  readonly file: File | undefined
}

/** A disk that keeps what was synced and loses the rest; it takes in one call after the other. */
export interface Disk {
  take(call: TracedCall): void
  /** Writes the files below `folder` as they are after a power failure now, below `to`. */
  fail(loss: Loss, folder: string, to: string): void
}

/** Creates an empty disk. */
export function createDisk(): Disk {
  const seen = new Map<string, File>()
  const namesOnDisk = new Map<string, File>()
  let pendingNames: NameChange[] = []
  const syncing = new Map<number, { file: File | undefined; changes: Change[]; names: NameChange[] }>()

  const name = (path: string, file: File | undefined) => {
    if (file) seen.set(path, file)
    else seen.delete(path)
    pendingNames.push({ folder: dirname(path), path, file })
  }
  const change = (path: string, make: (file: File) => Change) => {
    const file = seen.get(path)
    if (!file) return
    const made = make(file)
    file.pending.push(made)
    file.length = 'size' in made ? made.size : Math.max(file.length, made.offset + made.bytes.length)
  }
  const keepName = (names: Map<string, File>, { path, file }: NameChange) =>
    void (file ? names.set(path, file) : names.delete(path))

  return {
    take(call) {
      if (call.kind === 'create' && !seen.has(call.path))
        name(call.path, { onDisk: Buffer.alloc(0), pending: [], length: 0 })
      if (call.kind === 'write')
        change(call.path, ({ length }) => ({ offset: call.offset ?? length, bytes: call.bytes }))
      if (call.kind === 'truncate') change(call.path, () => ({ size: call.size }))
      if (call.kind === 'unlink') name(call.path, undefined)
      if (call.kind === 'link') name(call.to, seen.get(call.path))
      if (call.kind === 'rename') {
        name(call.to, seen.get(call.path))
        name(call.path, undefined)
      }
      if (call.kind === 'sync begins') {
        const file = seen.get(call.path)
        const names = pendingNames.filter(({ folder }) => folder === call.path)
        syncing.set(call.id, { file, changes: [...(file?.pending ?? [])], names })
      }
      if (call.kind === 'sync ends') {
        const { file, changes = [], names = [] } = syncing.get(call.id) ?? {}
        syncing.delete(call.id)
        for (const it of names) keepName(namesOnDisk, it)
        pendingNames = pendingNames.filter((it) => !names.includes(it))
        if (!file) return
        const first = changes.filter((it) => file.pending.includes(it))
        file.onDisk = first.reduce(apply, file.onDisk)
        file.pending = file.pending.filter((it) => !first.includes(it))
      }
    },
    fail(loss, folder, to) {
      const survives = typeof loss === 'object' ? loss.chance : () => false
      const names = new Map(namesOnDisk)
      for (const it of pendingNames) if (loss === 'unsynced bytes, but no names' || survives()) keepName(names, it)
      for (const [path, file] of names) {
        const target = join(to, relative(folder, path))
        mkdirSync(dirname(target), { recursive: true })
        writeFileSync(target, file.pending.filter(survives).reduce(apply, file.onDisk))
      }
    },
  }
}

function apply(content: Buffer, change: Change): Buffer {
  if ('size' in change) {
    const cut = Buffer.alloc(change.size)
    content.copy(cut)
    return cut
  }
  const end = change.offset + change.bytes.length
  const grown =
    end > content.length ? Buffer.concat([content, Buffer.alloc(end - content.length)]) : Buffer.from(content)
  change.bytes.copy(grown, change.offset)
  return grown
}
