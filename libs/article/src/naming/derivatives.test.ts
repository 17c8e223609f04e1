import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { imageDerivatives } from './derivatives.ts'

const widths = [300, 480, 511, 542, 600, 742, 972, 1022, 1084, 1484]

test('a figure has every width, a thumbnail and its own size twice', () => {
  const plan = imageDerivatives('elife-00353-fig1-v1.tif', 'figure', { width: 2000, height: 1001 })
  expect(plan.map(({ name }) => name)).toEqual([
    'elife-00353-fig1-v1.jpg',
    'elife-00353-fig1-v1-download.jpg',
    ...widths.map((w) => `elife-00353-fig1-v1-${w}w.jpg`),
    'elife-00353-fig1-v1-80w.gif',
  ])
  expect(plan).toContainEqual({ name: 'elife-00353-fig1-v1-511w.jpg', width: 511, height: 255, format: 'jpeg' })
  expect(plan.at(-1)).toEqual({ name: 'elife-00353-fig1-v1-80w.gif', width: 80, height: 40, format: 'gif' })
  expect(plan[1]).toMatchObject({ width: 2000, height: 1001, copyOf: 'elife-00353-fig1-v1.jpg' })
})

test('an inline image has its own size only', () => {
  const plan = imageDerivatives('elife-00353-inf1-v1.tif', 'inline', { width: 40, height: 30 })
  expect(plan.map(({ name }) => name)).toEqual(['elife-00353-inf1-v1.jpg', 'elife-00353-inf1-v1-download.jpg'])
})

test('none is enlarged or vanishes, whatever the original', () => {
  const pixels = fc.integer({ min: 1, max: 30_000 })
  fc.assert(
    fc.property(pixels, pixels, (width, height) => {
      const plan = imageDerivatives('elife-00353-fig1-v1.tif', 'figure', { width, height })
      expect(plan).toHaveLength(13)
      for (const image of plan) {
        expect(image.width).toBeLessThanOrEqual(width)
        expect(image.height).toBeLessThanOrEqual(height)
        expect(image.height).toBeGreaterThanOrEqual(1)
      }
    }),
  )
})
