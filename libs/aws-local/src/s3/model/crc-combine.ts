/**
 * CRCs of whole objects from those of their parts, without reading the bytes again. A CRC is the remainder of a
 * polynomial over GF(2): putting n bytes behind some bytes multiplies their remainder by x^(8n). Both CRCs here are
 * reflected, so the highest bit stands for x^0.
 */
const polynomials = {
  crc32: { width: 32n, polynomial: 0xedb88320n },
  crc32c: { width: 32n, polynomial: 0x82f63b78n },
  crc64nvme: { width: 64n, polynomial: 0x9a6c9329ac4bc9b5n },
} as const

export type CrcAlgorithm = keyof typeof polynomials

export const isCrc = (algorithm: string): algorithm is CrcAlgorithm => algorithm in polynomials

/** A part: its CRC in base64 and its length in bytes. */
export interface CrcPart {
  readonly value: string
  readonly size: number
}

/** The CRC, in base64, of the concatenated parts. */
export function combineCrcs(algorithm: CrcAlgorithm, parts: readonly CrcPart[]): string {
  const { width, polynomial } = polynomials[algorithm]

  const multiply = (one: bigint, other: bigint): bigint => {
    let product = 0n
    let shifted = other
    for (let bit = 1n << (width - 1n); bit > 0n; bit >>= 1n) {
      if (one & bit) product ^= shifted
      shifted = shifted & 1n ? (shifted >> 1n) ^ polynomial : shifted >> 1n
    }
    return product
  }

  const powerOfX = (exponent: bigint): bigint => {
    let power = 1n << (width - 1n)
    let square = 1n << (width - 2n)
    for (let rest = exponent; rest > 0n; rest >>= 1n) {
      if (rest & 1n) power = multiply(power, square)
      square = multiply(square, square)
    }
    return power
  }

  const shifts = new Map<number, bigint>()
  const shiftBy = (size: number): bigint => {
    const shift = shifts.get(size) ?? powerOfX(8n * BigInt(size))
    shifts.set(size, shift)
    return shift
  }

  const whole = parts.reduce((crc, { value, size }) => {
    const next = BigInt(`0x${Buffer.from(value, 'base64').toString('hex')}`)
    return multiply(shiftBy(size), crc) ^ next
  }, 0n)
  return Buffer.from(whole.toString(16).padStart(Number(width) / 4, '0'), 'hex').toString('base64')
}
