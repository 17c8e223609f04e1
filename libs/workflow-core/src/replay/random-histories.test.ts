import fc from 'fast-check'
import { expect, test } from 'vitest'
import { startReplaySession, type ReplaySession, decide } from './decide.ts'
import { maxAttempts } from '../testing/internal/random-workflow.ts'
import {
  closingDecision,
  simulateEvent,
  histories,
  trackDecision,
  type OpenWork,
  simulate,
} from '../testing/internal/simulate.ts'
import { rerunOf } from '../history/rerun.ts'
import { summarize } from '../testing/internal/decision-events.ts'
import { buildHistory } from '../testing/internal/history-builder.ts'

/** Properties of all executions of all workflows; damaged-histories.test checks other histories. */

test('every execution closingDecision, and every cut of its history decides as it was decided', async () => {
  await fc.assert(
    fc.asyncProperty(histories, async (given) => {
      const { workflow, history, cuts } = await simulate(given)
      for (const { seen, decided } of cuts) {
        const again = (await decide(workflow, history.events.slice(0, seen))).map(summarize)
        expect(again.map(repeatable)).toEqual(decided.map(repeatable))
      }
    }),
    { numRuns: 500 },
  )
})

test('a replay session that advances from decision to decision decides like a whole replay', async () => {
  let advanced = 0
  await fc.assert(
    fc.asyncProperty(histories, async (given) => {
      const { workflow, history, cuts } = await simulate(given)
      let session: ReplaySession | undefined
      for (const { seen, decided } of cuts) {
        const since = history.events.slice(session?.lastEventId ?? 0, seen)
        const lost = since.some(({ eventType }) => eventType === 'DecisionTaskTimedOut')
        const next = await session?.advance(since)
        expect(next === undefined, 'in doubt').toBe(session === undefined || lost)
        if (next !== undefined) advanced += 1
        session = next ?? (await startReplaySession(workflow, history.events.slice(0, seen)))
        expect(session.lastEventId).toBe(seen)
        expect(session.decisions.map(summarize).map(repeatable)).toEqual(decided.map(repeatable))
      }
    }),
    { numRuns: 250 },
  )
  expect(advanced).toBeGreaterThan(500)
})

test('a rerun of an execution that was cut off anywhere asks for nothing that was done', async () => {
  const execution = { workflowId: 'replayed', runId: 'replayed' }
  let spared = 0
  await fc.assert(
    fc.asyncProperty(histories, fc.nat(), async (given, at) => {
      const { workflow, history, cuts } = await simulate(given)
      const { seen } = cuts[at % cuts.length] ?? { seen: 1 }
      const before = history.events.slice(0, seen)
      const eventTimestamp = before.at(-1)?.eventTimestamp
      before.push({ eventType: 'WorkflowExecutionTimedOut', eventId: seen + 1, eventTimestamp })
      const done = before.flatMap(({ activityTaskCompletedEventAttributes: completed }) => {
        const scheduled = before.find(({ eventId }) => eventId === completed?.scheduledEventId)
        return scheduled?.activityTaskScheduledEventAttributes?.activityId?.replace(/#.*/, '') ?? []
      })
      const again = buildHistory(workflow, JSON.parse(rerunOf(execution, before)?.input ?? ''), { execution })
      const open: OpenWork = { activities: new Set(), timers: new Set(), children: new Set(), signals: 0 }
      for (let round = 0; round < 5; round += 1) {
        const decided = await again.decide()
        for (const decision of decided) trackDecision(open, decision)
        const asked = Array.from(open.activities, (id) => id.replace(/#.*/, ''))
        for (const step of asked) expect(done).not.toContain(step)
        if (closingDecision.test(decided.at(-1) ?? '')) break
        for (; open.signals > 0; open.signals -= 1) again.signalSent(true)
        simulateEvent(again, open, 0)
      }
      expect(await decide(workflow, again.events, { execution })).toBeDefined()
      spared += done.length
    }),
    { numRuns: 120 },
  )
  expect(spared).toBeGreaterThan(100)
})

test('a replay session does not advance over a gap', async () => {
  await fc.assert(
    fc.asyncProperty(histories, fc.nat(), async (given, at) => {
      const { workflow, history, cuts } = await simulate(given)
      const [first, second] = cuts
      if (first === undefined || second === undefined) return
      const since = history.events.slice(first.seen, second.seen)
      const gap = since.toSpliced(at % since.length, 1)
      const session = await startReplaySession(workflow, history.events.slice(0, first.seen))
      expect(await session.advance(gap)).toBeUndefined()
      expect(await session.advance([])).toBeUndefined()
    }),
    { numRuns: 100 },
  )
})

/** Masks the random numbers of side effects, which differ until their decision is recorded. */
function repeatable(decision: string): string {
  return decision.replaceAll(/0\.\d+/g, 'random')
}

test('no step is tried more often than declared, stopped workers apart', async () => {
  await fc.assert(
    fc.asyncProperty(histories, async (given) => {
      const { history } = await simulate(given)
      const tries = new Map<string, number>()
      const steps = new Map<number, string>()
      for (const event of history.events) {
        const id = event.activityTaskScheduledEventAttributes?.activityId?.replace(/#.*/, '')
        if (id !== undefined) {
          steps.set(event.eventId ?? 0, id)
          tries.set(id, (tries.get(id) ?? 0) + 1)
        }
        const failed = event.activityTaskFailedEventAttributes
        const step = steps.get(failed?.scheduledEventId ?? 0)
        if (failed?.reason === 'WorkerStopping' && step !== undefined) tries.set(step, (tries.get(step) ?? 0) - 1)
      }
      expect(Math.max(0, ...tries.values())).toBeLessThanOrEqual(maxAttempts)
    }),
    { numRuns: 200 },
  )
})
