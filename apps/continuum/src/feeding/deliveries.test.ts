import { expect, test } from 'vitest'
import { decideFeeding, type FedDelivery } from './deliveries.ts'

const fed = (change: Partial<FedDelivery> = {}): FedDelivery => ({
  key: 'elife-00353-vor-r1.zip',
  md5: 'aa',
  file: '/in/elife-00353-vor-r1.zip',
  automatic: false,
  intendedAt: '2026-01-01T00:00:00Z',
  after: 0,
  put: true,
  ...change,
})
const asked = { key: 'elife-00353-vor-r1.zip', md5: 'aa', file: '/in/elife-00353-vor-r1.zip' }
const sample = { key: asked.key, md5: asked.md5 }

test('a package that was never fed is delivered', () => {
  expect(decideFeeding(asked, [])).toEqual({ act: 'deliver' })
  expect(decideFeeding(asked, [fed({ md5: 'bb' })])).toEqual({ act: 'deliver' })
})

test('after a crash, a package that is on its way is not delivered twice', () => {
  expect(decideFeeding(asked, [fed({ ended: 'failed' }), fed()])).toEqual({ act: 'go on', delivery: fed() })
  expect(decideFeeding(asked, [fed({ put: false })]).act).toBe('go on')
})

test.each(['published', 'ready', 'failed'] as const)(
  'a named file whose delivery ended as %s is delivered again when asked for again',
  (ended) => {
    expect(decideFeeding(asked, [fed({ ended })])).toEqual({ act: 'deliver' })
  },
)

test('the sample article is delivered once', () => {
  const { file: _, ...ofSample } = fed({ ended: 'published' })
  expect(decideFeeding(sample, [ofSample]).act).toBe('leave')
})
