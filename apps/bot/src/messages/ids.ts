import { createHash } from 'node:crypto'

/** Ours, drawn once: every id that the bot derives hangs on it. Changing it makes every repeated message a new one. */
const namespace = Buffer.from('5f1c2f0e6a7d4b0c9a5e3d8b7c1f4a29', 'hex')

/**
 * A UUID (version 5) of these parts, in this order: the same parts, the same id, on every machine and for ever.
 * Parts are kept apart, so `['a', 'bc']` and `['ab', 'c']` differ.
 */
export function uuidOf(...parts: readonly (string | number | null)[]): string {
  const hash = createHash('sha1').update(namespace).update(JSON.stringify(parts)).digest().subarray(0, 16)
  hash.writeUInt8((hash.readUInt8(6) & 0x0f) | 0x50, 6)
  hash.writeUInt8((hash.readUInt8(8) & 0x3f) | 0x80, 8)
  return hash.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
}

/** What makes one delivery: the same object put once. */
export interface DeliveredObject {
  readonly bucket_name: string
  readonly file_name: string
  readonly file_etag: string | null
  readonly event_time: string
}

/** The run of a delivery. A message that arrives twice is the same run; the same file put again is another one. */
export function runOf({ bucket_name, file_name, file_etag, event_time }: DeliveredObject): string {
  return uuidOf('run', bucket_name, file_name, file_etag, event_time)
}
