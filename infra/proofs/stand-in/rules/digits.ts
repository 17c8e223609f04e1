import { createHash } from 'node:crypto'

/** 64 hexadecimal digits derived from a URN: they look random, and are the same each time. */
export const digitsOf = (urn: string): string => createHash('sha256').update(urn).digest('hex')

/** The digits of a resource in the form of a UUID. */
export const uuidOf = (digits: string): string =>
  [
    digits.slice(0, 8),
    digits.slice(8, 12),
    `4${digits.slice(13, 16)}`,
    `8${digits.slice(17, 20)}`,
    digits.slice(20, 32),
  ].join('-')
