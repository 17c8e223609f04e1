import { implement, PermanentFailure, type Implementation } from '@continuum/workflow-core'
import { runWorkflow } from '@continuum/workflow-core/testing'
import { expect, test } from 'vitest'
import { advanceDeposits } from './activities.ts'
import { deposits } from './deposits.ts'

const publication = { articleId: '00353', version: 2, run: 'r' }
const hour = 3_600

/** An activity that does what is scripted for each recipient, round by round, and records the minute of the execution's life at which it ran. */
function scripted(
  rounds: Readonly<Record<string, (round: number) => number | undefined | Promise<number | undefined>>>,
) {
  const done: string[] = []
  const counts = new Map<string, number>()
  const activities: Implementation[] = [
    implement(advanceDeposits, async ({ articleId, version, run, recipient }) => {
      expect({ articleId, version, run }).toEqual(publication)
      const round = (counts.get(recipient) ?? 0) + 1
      counts.set(recipient, round)
      done.push(`${recipient} ${round}`)
      const seconds = await rounds[recipient]?.(round)
      return seconds === undefined ? {} : { seconds }
    }),
  ]
  return { activities, done }
}

const inputOf = (recipients: Readonly<Record<string, number>>) => ({
  ...publication,
  recipients: Object.entries(recipients).map(([name, seconds]) => ({ name, seconds })),
})
const secondsOf = (history: readonly { eventTimestamp?: Date | undefined }[]) =>
  (Number(history.at(-1)?.eventTimestamp) - Number(history[0]?.eventTimestamp)) / 1_000

test('each recipient is worked on when it is due, and all has ended when all have', async () => {
  const { activities, done } = scripted({
    crossref: (round) => (round === 1 ? 60 : undefined),
    doaj: () => undefined,
    pmc: () => undefined,
  })
  const { outcome, history } = await runWorkflow(deposits, inputOf({ pmc: 8 * hour, crossref: 0, doaj: 0 }), {
    activities,
  })
  expect(outcome.status).toBe('completed')
  expect(done).toEqual(['crossref 1', 'doaj 1', 'crossref 2', 'pmc 1'])
  expect(secondsOf(history)).toBeGreaterThanOrEqual(8 * hour)
  expect(secondsOf(history)).toBeLessThan(8 * hour + 60)
})

test('what waits for the same hour waits on one timer', async () => {
  const { activities, done } = scripted({})
  const due = { pmc: hour, ovid: hour, wos: hour, cnki: 2 * hour }
  const { history } = await runWorkflow(deposits, inputOf(due), { activities })
  expect(done).toHaveLength(4)
  expect(history.filter(({ eventType }) => eventType === 'TimerStarted')).toHaveLength(2)
  expect(history.filter(({ eventType }) => eventType === 'TimerCanceled')).toHaveLength(0)
})

test('a recipient that is slow, or whose step fails for good, holds up no other; the failure is told at the end', async () => {
  const other = Promise.withResolvers<undefined>()
  const { activities, done } = scripted({
    gooa: () => {
      throw new PermanentFailure('no such recipient')
    },
    slow: () => other.promise,
    doaj: () => {
      other.resolve(undefined)
      return undefined
    },
    pmc: () => undefined,
  })
  const { outcome } = await runWorkflow(deposits, inputOf({ gooa: 0, slow: 0, doaj: 0, pmc: 60 }), { activities })
  expect(outcome).toMatchObject({ status: 'failed', reason: expect.stringContaining('no such recipient') })
  expect(done.toSorted()).toEqual(['doaj 1', 'gooa 1', 'pmc 1', 'slow 1'])
})

test('a signal wakes those that it names before their time, also one that had ended, and no other', async () => {
  const { activities, done } = scripted({ ovid: () => undefined, doaj: () => undefined, pmc: () => undefined })
  const signals = [{ after: '10m' as const, name: 'changed', payload: { recipients: ['ovid', 'doaj'] } }]
  const run = await runWorkflow(deposits, inputOf({ doaj: 0, ovid: 24 * hour, pmc: hour }), { activities, signals })
  expect(run.outcome.status).toBe('completed')
  expect(done.slice(0, 1)).toEqual(['doaj 1'])
  expect(done.slice(1, 3).toSorted()).toEqual(['doaj 2', 'ovid 1'])
  expect(done.slice(3)).toEqual(['pmc 1'])
  expect(secondsOf(run.history)).toBeLessThan(2 * hour)
})

test('one that waits for weeks goes on with an empty history, so that it never grows too long', async () => {
  const { activities, done } = scripted({
    crossref: (round) => (round <= 120 ? hour : undefined),
    pmc: () => undefined,
  })
  const { history, outcome } = await runWorkflow(deposits, inputOf({ crossref: 0, pmc: 10 * 24 * hour }), {
    activities,
  })
  expect(outcome.status).toBe('completed')
  expect(done.filter((each) => each.startsWith('crossref'))).toHaveLength(121)
  expect(done.at(-1)).toBe('pmc 1')
  expect(history.length).toBeLessThan(1_000)
}, 120_000)

test('one that is under way for hours keeps no other from being worked on, however often that repeats', async () => {
  const { activities, done } = scripted({
    gooa: (round) => {
      if (round <= 60) throw new Error('the database is away')
      return undefined
    },
    crossref: (round) => (round <= 110 ? 60 : undefined),
  })
  const { outcome, history } = await runWorkflow(deposits, inputOf({ gooa: 0, crossref: 0 }), { activities })
  expect(outcome).toMatchObject({ status: 'completed' })
  expect(done.filter((each) => each.startsWith('crossref'))).toHaveLength(111)
  expect(done.indexOf('gooa 61')).toBeGreaterThan(done.indexOf('crossref 111'))
  expect(history.filter(({ eventType }) => eventType === 'TimerStarted').length).toBeLessThan(200)
}, 120_000)

test('above the limit nothing more begins; what is due by then is due at once in the execution that continues it', async () => {
  const { activities, done } = scripted({
    gooa: (round) => {
      if (round <= 2) throw new Error('the database is away')
      return undefined
    },
    doaj: () => undefined,
    pmc: () => undefined,
  })
  // They come between the first attempts of gooa: those that name nobody first, then the one that is kept.
  const changed = (after: `${number}s`, recipients: string[]) => ({ after, name: 'changed', payload: { recipients } })
  const signals = [...Array.from({ length: 1_000 }, () => changed('1s', [])), changed('4s', ['doaj'])]
  const { outcome, history } = await runWorkflow(deposits, inputOf({ gooa: 0, pmc: hour }), { activities, signals })
  expect(outcome).toMatchObject({ status: 'completed' })
  expect(done).toEqual(['gooa 1', 'gooa 2', 'gooa 3', 'doaj 1', 'pmc 1'])
  expect(history.length).toBeLessThan(30)
}, 120_000)

test('a failure is told at the end by the last of the executions that continue each other', async () => {
  const { activities } = scripted({
    gooa: () => {
      throw new PermanentFailure('no such recipient')
    },
    crossref: (round) => (round <= 120 ? hour : undefined),
  })
  const { outcome, history } = await runWorkflow(deposits, inputOf({ gooa: 0, crossref: 0 }), { activities })
  expect(history[0]?.workflowExecutionStartedEventAttributes?.continuedExecutionRunId).toBeTruthy()
  expect(outcome).toMatchObject({
    status: 'failed',
    reason: expect.stringMatching(/^AdvanceDeposits.gooa 1 failed for good: PermanentFailure: no such recipient/),
  })
}, 120_000)

test('a recipient that failed and was worked on since is no failure', async () => {
  const { activities } = scripted({
    gooa: (round) => {
      if (round === 1) throw new PermanentFailure('no such recipient')
      return undefined
    },
    pmc: () => undefined,
  })
  const signals = [{ after: '10m' as const, name: 'changed', payload: { recipients: ['gooa'] } }]
  const run = await runWorkflow(deposits, inputOf({ gooa: 0, pmc: hour }), { activities, signals })
  expect(run.outcome).toMatchObject({ status: 'completed' })
})

test('what is due after years waits, and keeps no other from being worked on', async () => {
  const { activities, done } = scripted({ doaj: () => undefined, pmc: () => undefined })
  const { outcome } = await runWorkflow(deposits, inputOf({ pmc: 4 * 365 * 24 * hour, doaj: 60 }), { activities })
  expect([outcome.status, done]).toEqual(['timed out', ['doaj 1']])
})
