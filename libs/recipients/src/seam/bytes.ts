import { buffer } from 'node:stream/consumers'
import { Readable } from 'node:stream'
import type { Document } from './recipient.ts'

/** Length of a document in bytes. */
export function sizeOf({ bytes }: Document): number {
  return bytes instanceof Uint8Array ? bytes.byteLength : bytes.size
}

/** Opens a document for reading; the caller destroys the stream. */
export function openDocument({ bytes }: Document): Readable {
  return bytes instanceof Uint8Array ? Readable.from(chunksOf(bytes), { objectMode: false }) : bytes.open()
}

/** Reads a document into memory: for those that are text. */
export async function readDocument({ bytes }: Document): Promise<Buffer<ArrayBuffer>> {
  return Buffer.from(bytes instanceof Uint8Array ? bytes : await buffer(bytes.open()))
}

const chunk = 256 * 1024

function* chunksOf(bytes: Uint8Array): Generator<Uint8Array> {
  for (let at = 0; at < bytes.byteLength; at += chunk) yield bytes.subarray(at, at + chunk)
}
