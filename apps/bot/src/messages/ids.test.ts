import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { runOf } from './ids.ts'

const delivered = fc.record({
  bucket_name: fc.string(),
  file_name: fc.string(),
  file_etag: fc.option(fc.string()),
  event_time: fc.string(),
})

test('the same delivery is the same run, and any difference is another', () => {
  fc.assert(
    fc.property(delivered, delivered, (one, other) => {
      expect(runOf({ ...one })).toBe(runOf(one))
      expect(runOf(one) === runOf(other)).toBe(JSON.stringify(one) === JSON.stringify(other))
    }),
  )
})
