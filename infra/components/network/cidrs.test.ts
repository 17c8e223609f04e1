import { assert, constantFrom, integer, property, tuple } from 'fast-check'
import { expect, test } from 'vitest'
import { subnetsOf, type Cidr } from './cidrs.ts'

/** The first and the last address of a block, as numbers. */
function rangeOf(block: Cidr): { from: number; to: number } {
  const [address = '', prefix = ''] = block.split('/')
  const from = address.split('.').reduce((sum, octet) => sum * 256 + Number(octet), 0)
  return { from, to: from + 2 ** (32 - Number(prefix)) - 1 }
}

const blocks = tuple(integer({ min: 16, max: 24 }), integer({ min: 0, max: 2 ** 24 - 1 })).map(
  ([prefix, place]): Cidr => {
    const size = 2 ** (32 - prefix)
    const start = Math.floor((10 * 2 ** 24 + place) / size) * size
    return `${[24, 16, 8, 0].map((shift) => Math.floor(start / 2 ** shift) % 256).join('.')}/${prefix}`
  },
)

test('two zones in a /16 have large private subnets and small public ones', () => {
  expect(subnetsOf('10.0.0.0/16', 2)).toEqual({
    private: ['10.0.0.0/18', '10.0.64.0/18'],
    public: ['10.0.192.0/20', '10.0.208.0/20'],
  })
})

test('in any block, subnets lie within it, at multiples of their size, and none shares an address with another', () => {
  assert(
    property(blocks, integer({ min: 1, max: 3 }), (block, zones) => {
      const whole = rangeOf(block)
      const subnets = subnetsOf(block, zones)
      expect([subnets.public.length, subnets.private.length]).toEqual([zones, zones])
      const ranges = [...subnets.public, ...subnets.private].map(rangeOf).toSorted((a, b) => a.from - b.from)
      let end = whole.from - 1
      for (const { from, to } of ranges) {
        expect(from).toBeGreaterThan(end)
        expect(from % (to - from + 1)).toBe(0)
        end = to
      }
      expect(end).toBeLessThanOrEqual(whole.to)
    }),
  )
})

test('AWS takes each of them: none is smaller than a /28', () => {
  assert(
    property(blocks, (block) => {
      const { public: open, private: closed } = subnetsOf(block, 3)
      for (const subnet of [...open, ...closed]) expect(Number(subnet.split('/')[1])).toBeLessThanOrEqual(28)
    }),
  )
})

test('an invalid VPC block and a number of zones without room are refused', () => {
  const wrong: Cidr[] = ['10.0.0.0/8', '10.0.0.0/25', '10.0.1.0/16', '10.0.0/16', '10.0.0.256/24', '300.0.0.0/16']
  assert(
    property(constantFrom(...wrong), (block) => {
      expect(() => subnetsOf(block, 2)).toThrow(`${block} is not a valid VPC CIDR block`)
    }),
  )
  for (const zones of [0, 4, 1.5, Number.NaN]) expect(() => subnetsOf('10.0.0.0/16', zones)).toThrow('1 to 3 zones')
})
