import { expect, test } from 'vitest'
import { soak } from './soak.ts'

/** The short form of `npm run -s soak`. */
test('random workflows end, do nothing too often and replay, however their deciders and workers are killed', async () => {
  const { closed, effects, deaths, faults } = await soak({ workflows: 20, seed: 4 })
  expect(faults).toEqual([])
  expect(closed.values().reduce((one, other) => one + other, 0)).toBeGreaterThanOrEqual(20)
  expect(effects).toBeGreaterThan(20)
  expect(deaths).toBeGreaterThanOrEqual(3)
}, 120_000)
