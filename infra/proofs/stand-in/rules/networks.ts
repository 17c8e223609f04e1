import type { Value } from '../../wire/values.ts'
import type { Rule } from './kind.ts'

/** Parses an IPv4 network whose bits beyond its prefix are 0; undefined for anything else. */
export function network(text: string): { address: number; prefix: number } | undefined {
  const match = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})\/(\d{1,2})$/.exec(text)
  if (!match) return undefined
  const [first = 0, second = 0, third = 0, fourth = 0, prefix = 0] = match.slice(1).map(Number)
  if ([first, second, third, fourth].some((byte) => byte > 255) || prefix > 32) return undefined
  const address = ((first * 256 + second) * 256 + third) * 256 + fourth
  return address % 2 ** (32 - prefix) === 0 ? { address, prefix } : undefined
}

export const isCidr = (value: Value): boolean => typeof value === 'string' && network(value) !== undefined

/** An IPv4 network with a prefix from `minPrefix` to `maxPrefix`. */
export const cidr = (property: string, minPrefix = 0, maxPrefix = 32): Rule => ({
  property,
  holds: (value) => {
    const found = typeof value === 'string' ? network(value) : undefined
    return found !== undefined && found.prefix >= minPrefix && found.prefix <= maxPrefix
  },
  says: `an IPv4 network such as 10.0.0.0/16, its other bits 0, of /${minPrefix} to /${maxPrefix}`,
})
