import * as sdk from '@aws-sdk/client-swf'
import { expect, test } from 'vitest'
import { startSwf } from '../../testing/internal/swf-client.ts'
import { decisionRows } from './decision-rows.fixture.ts'
import { unreachableCauses } from './unreachable-causes.fixture.ts'

/** Each decision type: the events it records, and each cause of its failure. */

test.each(decisionRows)('$does', async ({ decisions, writes, given, meanwhile }) => {
  const harness = await startSwf()
  const { swf, start, decisionTask, history } = harness
  await given?.(harness)
  const run = await start('article-00353')
  const { taskToken } = await decisionTask()
  await meanwhile?.(harness)
  await swf.respondDecisionTaskCompleted({ taskToken, decisions })
  const events = (await history(run)).slice(3).filter(({ eventType }) => eventType !== 'DecisionTaskCompleted')
  const found = events.map((event) => {
    const attributes = Object.entries(event).find(([name]) => name.endsWith('EventAttributes'))?.[1]
    const { eventType = '' } = event
    const cause: unknown = attributes?.cause
    return eventType.endsWith('Failed') && cause !== undefined ? [eventType, cause] : [eventType]
  })
  expect(found).toEqual(writes)
})

/** `FailedEvent: CAUSE` of every cause that the SDK knows. */
const known = Object.entries(sdk).flatMap(([name, causes]) =>
  name.endsWith('FailedCause') ? Object.keys(causes).map((cause) => `${name.replace(/Cause$/, '')}: ${cause}`) : [],
)
const shown = decisionRows.flatMap(({ writes }) =>
  writes.flatMap(([type, cause]) => (cause === undefined ? [] : [`${type}: ${cause}`])),
)
const unreachable = known.filter((name) => unreachableCauses.some(({ causes }) => causes.test(name)))

test('every cause that the SDK knows is either shown above or listed as unreachable', () => {
  expect(new Set([...shown, ...unreachable])).toEqual(new Set(known))
  expect(shown.filter((name) => unreachable.includes(name))).toEqual([])
})

test('every decision type that the SDK knows succeeds once', () => {
  const taken = decisionRows.flatMap(({ decisions, writes }) =>
    writes.every(([, cause]) => cause === undefined || cause === 'ASSUME_ROLE_FAILED')
      ? decisions.map(({ decisionType }) => decisionType)
      : [],
  )
  expect(new Set(taken)).toEqual(new Set(Object.values(sdk.DecisionType)))
  expect(new Set(taken).size).toBe(13)
})
