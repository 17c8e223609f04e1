import { expect, test } from 'vitest'
import { usageStateText } from './usage-state.ts'

const now = Date.parse('2026-03-10T12:00:00Z')

test('scenario 37: the status tells the last closed day, the oldest open one, what came too late, and the age of citations', () => {
  const text = usageStateText(
    {
      lastClosed: '2026-03-06',
      late: 1200,
      open: [
        { day: '2026-03-07', closes: '2026-03-11T00:00:00Z', events: 3000 },
        { day: '2026-03-08', closes: '2026-03-12T00:00:00Z', events: 4 },
      ],
      citations: [
        { service: 'Crossref', succeeded: '2026-03-10T09:00:00Z', problem: null },
        { service: 'OpenCitations', succeeded: null, problem: 'it answered 503' },
      ],
    },
    now,
  )
  expect(text.split('\n')).toEqual([
    '  Usage: last closed day 2026-03-06; open since 2026-03-07 (3,004 events), which closes 2026-03-11T00:00:00Z; 1,200 hits came too late',
    '  Citations by Crossref: 3 h ago',
    '  Citations by OpenCitations: never; since then: it answered 503',
  ])
})

test('a counter that has nothing says so', () => {
  expect(usageStateText({ lastClosed: null, late: 0, open: [], citations: [] }, now)).toBe(
    '  Usage: last closed day none; no day is open',
  )
})
