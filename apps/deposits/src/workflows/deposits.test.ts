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
