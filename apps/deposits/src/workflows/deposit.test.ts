import { implement, type Implementation } from '@continuum/workflow-core'
import { runWorkflow } from '@continuum/workflow-core/testing'
import { expect, test } from 'vitest'
import { askDeposit, nextDepositStep, sendDeposit } from './activities.ts'
import { deposit } from './deposit.ts'

type Step = { step: 'send' } | { step: 'ask' } | { step: 'wait'; seconds: number } | { step: 'end'; state: 'confirmed' }

/** Activities that take the steps one by one, and record what was done. */
function scriptedSteps(steps: (round: number) => Step) {
  const done: string[] = []
  let round = 0
  const activities: Implementation[] = [
    implement(nextDepositStep, async () => steps(++round)),
    implement(sendDeposit, async () => void done.push('send')),
    implement(askDeposit, async () => void done.push('ask')),
  ]
  return { activities, done, rounds: () => round }
}

test('a deposit is sent, waited for on a timer, asked for, and ended', async () => {
  const steps: Step[] = [
    { step: 'wait', seconds: 3_600 },
    { step: 'send' },
    { step: 'wait', seconds: 60 },
    { step: 'ask' },
    { step: 'end', state: 'confirmed' },
  ]
  const { activities, done } = scriptedSteps((round) => steps[round - 1] ?? { step: 'end', state: 'confirmed' })
  const { output, history } = await runWorkflow(deposit, { deposit: 'd' }, { activities })
  expect([output, done]).toEqual(['confirmed', ['send', 'ask']])
  expect(Number(history.at(-1)?.eventTimestamp) - Number(history[0]?.eventTimestamp)).toBeGreaterThanOrEqual(3_660_000)
})

test('a signal wakes it before its time', async () => {
  const steps: Step[] = [{ step: 'wait', seconds: 86_400 }, { step: 'send' }]
  const { activities } = scriptedSteps((round) => steps[round - 1] ?? { step: 'end', state: 'confirmed' })
  const signals = [{ after: '10m' as const, name: 'changed', payload: {} }]
  const run = await runWorkflow(deposit, { deposit: 'd' }, { activities, signals })
  const took = Number(run.history.at(-1)?.eventTimestamp) - Number(run.history[0]?.eventTimestamp)
  expect([run.output, took < 1_200_000]).toEqual(['confirmed', true])
})

test('one that waits for weeks goes on with an empty history, so that it never grows too long', async () => {
  const { activities, rounds } = scriptedSteps((round) =>
    round <= 120 ? { step: 'wait', seconds: 3_600 } : { step: 'end', state: 'confirmed' },
  )
  const { output, history } = await runWorkflow(deposit, { deposit: 'd' }, { activities })
  expect([output, rounds()]).toEqual(['confirmed', 121])
  expect(history.length).toBeLessThan(1_000)
}, 120_000)

test('one that is due after years waits in steps that a timer takes', async () => {
  const { activities, rounds } = scriptedSteps(() => ({ step: 'wait', seconds: 4 * 365 * 86_400 }))
  const { outcome } = await runWorkflow(deposit, { deposit: 'd' }, { activities })
  expect([outcome.status, rounds()]).toEqual(['timed out', 13])
})
