import { expect, test } from 'vitest'
import { beginning } from './progress.ts'
import { summaryOf } from './summary.ts'

const delivered = (key: string) =>
  beginning({ key, md5: 'aa', automatic: false, intendedAt: '2026-01-01T00:00:00.000Z', after: 3, put: true })

test('many deliveries are told in one line, and what failed with its reason', () => {
  const failure = { step: 'Check Package', reason: 'Figure 2 is missing.' }
  expect(
    summaryOf([
      { ...delivered('a.zip'), ready: true },
      { ...delivered('b.zip'), failure },
      { ...delivered('c.zip'), published: true, done: true },
      { ...delivered('d.zip'), ready: true },
      { ...delivered('e.zip'), repeated: true },
    ]),
  ).toEqual([
    '5 packages: 1 published, 2 ready to publish, 1 the same files again, 1 failed',
    '  b.zip: Figure 2 is missing.',
  ])
  expect(summaryOf([delivered('a.zip')])).toEqual(['1 package: 1 still under way'])
})
