import fc from 'fast-check'
import { crc32 } from 'node:zlib'
import { expect, test } from 'vitest'
import { createChecksum } from './checksums.ts'
import { combineCrcs, type CrcAlgorithm } from './crc-combine.ts'

function checksum(algorithm: CrcAlgorithm, ...chunks: Uint8Array[]): string {
  const digest = createChecksum(algorithm)
  for (const chunk of chunks) digest.update(chunk)
  return digest.digest().toString('base64')
}

// The check values of the CRC catalogue: the CRC of the nine digits.
test.each<[CrcAlgorithm, string]>([
  ['crc32', 'cbf43926'],
  ['crc32c', 'e3069283'],
  ['crc64nvme', 'ae8b14860a799888'],
])('%s of "123456789" is %s', (algorithm, hex) => {
  expect(checksum(algorithm, Buffer.from('1234'), Buffer.from('56789'))).toBe(
    Buffer.from(hex, 'hex').toString('base64'),
  )
})

test('an empty body has the CRC 0', () => {
  expect(checksum('crc32')).toBe('AAAAAA==')
  expect(crc32('')).toBe(0)
})

test.each<CrcAlgorithm>(['crc32', 'crc32c', 'crc64nvme'])(
  'the %s of parts combines to that of the whole',
  (algorithm) => {
    fc.assert(
      fc.property(fc.array(fc.uint8Array({ maxLength: 300 }), { minLength: 1, maxLength: 4 }), (chunks) => {
        const parts = chunks.map((chunk) => ({ value: checksum(algorithm, chunk), size: chunk.length }))
        expect(combineCrcs(algorithm, parts)).toBe(checksum(algorithm, ...chunks))
      }),
    )
  },
)
