import { unversioned } from './figures.ts'

/** A file of a package, as far as it is compared. */
export interface ComparedFile {
  readonly name: string
  readonly bytes: number
  readonly sha256?: string
}

/** A file that differs, by its name without a version. */
export interface FileChange {
  readonly name: string
  readonly is: 'changed' | 'added' | 'removed'
  readonly was?: ComparedFile | undefined
  readonly now?: ComparedFile | undefined
}

/** Compares the files of two packages: by their checksums, or where one is not known by their size. */
export function compareFiles(was: readonly ComparedFile[], is: readonly ComparedFile[]): FileChange[] {
  const before = new Map(was.map((file) => [unversioned(file.name), file]))
  const after = new Map(is.map((file) => [unversioned(file.name), file]))
  return [...new Set([...after.keys(), ...before.keys()])].flatMap((name): FileChange[] => {
    const [old, now] = [before.get(name), after.get(name)]
    if (!old) return [{ name, is: 'added', now }]
    if (!now) return [{ name, is: 'removed', was: old }]
    return isSame(old, now) ? [] : [{ name, is: 'changed', was: old, now }]
  })
}

function isSame(one: ComparedFile, other: ComparedFile): boolean {
  const hashed = one.sha256 !== undefined && other.sha256 !== undefined
  return hashed ? one.sha256 === other.sha256 : one.bytes === other.bytes
}
