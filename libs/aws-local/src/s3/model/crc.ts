import type { Digest } from './digest.ts'

// Both are reflected CRCs: bits come in lowest first, all ones at the start and inverted at the end.
const castagnoli = 0x82f63b78
const nvme = 0x9a6c9329ac4bc9b5n

const crc32cTable = Int32Array.from({ length: 256 }, (_, index) => {
  let value = index
  for (let bit = 0; bit < 8; bit++) value = value & 1 ? (value >>> 1) ^ castagnoli : value >>> 1
  return value
})

/** CRC-32C (Castagnoli). */
export function createCrc32c(): Digest {
  let value = -1
  return {
    update(chunk) {
      // An indexed loop: an iterator would more than halve the speed.
      for (let at = 0; at < chunk.length; at++)
        value = (value >>> 8) ^ (crc32cTable[(value ^ (chunk[at] ?? 0)) & 0xff] ?? 0)
    },
    digest() {
      const bytes = Buffer.alloc(4)
      bytes.writeInt32BE(~value)
      return bytes
    },
  }
}

const crc64Table = Array.from({ length: 256 }, (_, index) => {
  let value = BigInt(index)
  for (let bit = 0; bit < 8; bit++) value = value & 1n ? (value >> 1n) ^ nvme : value >> 1n
  return value
})
// JavaScript's bitwise operators work on 32 bits, so the value is held in two halves.
const crc64High = Int32Array.from(crc64Table, (value) => Number(value >> 32n))
const crc64Low = Int32Array.from(crc64Table, (value) => Number(value & 0xffffffffn))

/** CRC-64/NVME. */
export function createCrc64Nvme(): Digest {
  let high = -1
  let low = -1
  return {
    update(chunk) {
      for (let at = 0; at < chunk.length; at++) {
        const index = (low ^ (chunk[at] ?? 0)) & 0xff
        low = ((low >>> 8) | (high << 24)) ^ (crc64Low[index] ?? 0)
        high = (high >>> 8) ^ (crc64High[index] ?? 0)
      }
    },
    digest() {
      const bytes = Buffer.alloc(8)
      bytes.writeInt32BE(~high, 0)
      bytes.writeInt32BE(~low, 4)
      return bytes
    },
  }
}
