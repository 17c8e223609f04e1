import { createHash } from 'node:crypto'

/** A namespace of our own, drawn once. Every derived id depends on it: change it, and every repeated message is a new one. */
const namespace = Buffer.from('5f1c2f0e6a7d4b0c9a5e3d8b7c1f4a29', 'hex')

/**
 * Derives a UUID (version 5) from parts: the same parts in the same order give the same id, on every machine, always.
 * Parts are kept apart, so `['a', 'bc']` and `['ab', 'c']` differ.
 */
export function uuidOf(...parts: readonly (string | number | null)[]): string {
  const hash = createHash('sha1').update(namespace).update(JSON.stringify(parts)).digest().subarray(0, 16)
  hash.writeUInt8((hash.readUInt8(6) & 0x0f) | 0x50, 6)
  hash.writeUInt8((hash.readUInt8(8) & 0x3f) | 0x80, 8)
  return hash.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
}
