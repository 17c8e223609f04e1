import { expect, test } from 'vitest'
import { maxConnections } from './connections.ts'

const common = { version: '17', twoZones: false, backupDays: 7 }

test.each([
  ['db.t4g.micro', 95],
  ['db.t4g.medium', 383],
  ['db.m7g.large', 766],
  ['db.r6g.large', 1532],
  ['db.r6g.2xlarge', 5000],
  ['db.m7g.16xlarge', 5000],
  ['db.unheard-of', 95],
])('a %s takes about %i connections', (instanceClass, connections) => {
  expect(maxConnections({ ...common, engine: 'rds', class: instanceClass })).toBe(connections)
})

test('Aurora takes as many as its greatest capacity has memory for', () => {
  const aurora = { ...common, engine: 'aurora-serverless', capacity: { least: 0, most: 4 } } as const
  expect(maxConnections(aurora)).toBe(766)
})
