import { crc32 } from 'node:zlib'
import { createCrc32c, createCrc64Nvme } from './crc.ts'
import { createNodeHash, type Digest } from './digest.ts'

/** The checksums of S3, as headers spell them after `x-amz-checksum-`. */
export const checksumAlgorithms = ['crc32', 'crc32c', 'crc64nvme', 'sha1', 'sha256'] as const
export type ChecksumAlgorithm = (typeof checksumAlgorithms)[number]

/** A checksum as stored with an object: base64, with a `-N` suffix when it is composed of the checksums of N parts. */
export interface Checksum {
  readonly algorithm: ChecksumAlgorithm
  readonly value: string
  readonly type: 'FULL_OBJECT' | 'COMPOSITE'
}

export function createChecksum(algorithm: ChecksumAlgorithm): Digest {
  if (algorithm === 'crc32') return createCrc32()
  if (algorithm === 'crc32c') return createCrc32c()
  if (algorithm === 'crc64nvme') return createCrc64Nvme()
  return createNodeHash(algorithm)
}

function createCrc32(): Digest {
  let value = 0
  return {
    update(chunk) {
      value = crc32(chunk, value)
    },
    digest() {
      const bytes = Buffer.alloc(4)
      bytes.writeUInt32BE(value)
      return bytes
    },
  }
}

/** The algorithm with this name in any spelling (`CRC32`, `crc32`), or undefined. */
export const parseAlgorithm = (name: string | undefined): ChecksumAlgorithm | undefined =>
  checksumAlgorithms.find((algorithm) => algorithm === name?.toLowerCase())

/** The element for an algorithm in S3's XML: ChecksumCRC32, ChecksumSHA256... */
export const checksumElement = (algorithm: ChecksumAlgorithm): string => `Checksum${algorithm.toUpperCase()}`

/** Length of each checksum in bytes, before base64. */
export const checksumLength = { crc32: 4, crc32c: 4, crc64nvme: 8, sha1: 20, sha256: 32 } as const
