import type { DashboardMessage } from '@continuum/messages'
import { PermanentFailure } from '@continuum/workflow-core'
import { runActivity } from '@continuum/workflow-core/testing'
import { Type } from 'typebox'
import { beforeEach, expect, onTestFinished, test, vi } from 'vitest'
import { Run } from '../../activities/article-run.ts'
import { serviceRetry, step, storageRetry } from '../../activities/step.ts'
import type { TellDashboard } from '../../messages/tell-dashboard.ts'
import { startTestBot } from '../../testing/bot.ts'
import { ServiceUnavailableFailure } from '../services/failures.ts'
import { OddAnswerFailure } from '../services/odd-answer.ts'
import { implementStep, type Done } from './implement-step.ts'
import { implementReportFailure, messageOf } from './report-failure.ts'

const bend = step({
  name: 'CheckPackage',
  version: '1',
  event: 'Bend River',
  input: Run,
  output: Type.Object({ bends: Type.Integer() }),
  timeouts: { startToClose: '1m', heartbeat: '10s' },
  retry: storageRetry,
})
const subject = { articleId: '00007', version: 0, run: 'r-1' }

let told: DashboardMessage[]
beforeEach(() => {
  told = []
})

const tell = async (...messages: DashboardMessage[]) => void told.push(...messages)
const bending = (work: () => Promise<Done<{ bends: number }>>) => implementStep(tell, bend, work)
const succeed = async () => ({ output: { bends: 3 }, message: 'It bends thrice.', version: 2 })
const failWith = (error: unknown) => async () => {
  throw error
}

test('start and end are shown under the name of the step, with the attempt, the end with what was found out', async () => {
  const { output } = await runActivity(bending(succeed), subject, { attempt: 2 })
  expect(output).toEqual({ bends: 3 })
  expect(told).toMatchObject([
    {
      event_type: 'Bend River',
      status: 'start',
      version: 0,
      run: 'r-1',
      attempt: 2,
      attempts: 7,
      item_identifier: '00007',
    },
    { event_type: 'Bend River', status: 'end', version: 2, message: 'It bends thrice.', attempt: 2 },
  ])
})

test('a repetition of the same attempt sends the same ids, another attempt and another execution send others', async () => {
  const ids = async (info: { runId?: string; activityId?: string }) => {
    told = []
    await runActivity(bending(succeed), subject, { info })
    return told.map(({ message_id }) => message_id)
  }
  const first = await ids({})
  expect(await ids({})).toEqual(first)
  expect(new Set([...first, ...(await ids({ runId: 'x' })), ...(await ids({ activityId: 'Bend#2' }))]).size).toBe(6)
})

test('a failure that will be tried again says which attempt it was and when the next is', async () => {
  const error = new ServiceUnavailableFailure('the river is frozen')
  await expect(runActivity(bending(failWith(error)), subject, { attempt: 3 })).rejects.toThrow('the river is frozen')
  const retry = told.at(-1)
  expect(retry).toMatchObject({ status: 'retry', attempt: 3, attempts: 7, message: 'the river is frozen' })
  const { timestamp, retry_at } = Object(retry)
  const wait = Temporal.Instant.from(retry_at).since(Temporal.Instant.from(timestamp)).total('seconds')
  expect(wait).toBeGreaterThan(16)
  expect(wait).toBeLessThan(19)
})

test('18.5: an odd answer is tried again by its own policy, then reported with what to do', async () => {
  const patient = step({
    name: 'PostToSite',
    version: '1',
    event: 'Wait',
    input: Run,
    output: Type.Object({ bends: Type.Integer() }),
    timeouts: { startToClose: '1m' },
    retry: serviceRetry,
  })
  const message = 'the site answered 200 with an empty body, not with {"publish": true}.'
  const waiting = implementStep(
    async (...sent) => void told.push(...sent),
    patient,
    failWith(new OddAnswerFailure(message)),
  )
  await expect(runActivity(waiting, subject, { attempt: 9 })).rejects.toMatchObject({ retry: true })
  expect(told.at(-1)).toMatchObject({ status: 'retry', attempt: 9, attempts: 10 })
  const last = runActivity(waiting, subject, { attempt: 10 })
  await expect(last).rejects.toMatchObject({ name: 'OddAnswerFailure', retry: false })
  const reported = { ...subject, event: 'Wait', reason: 'OddAnswerFailure', message, attempts: 10, permanent: true }
  expect(messageOf({ ...reported, advice: 'Once the cause is fixed, publish it again.', publishing: true })).toBe(
    `${message} Given up after 10 attempts. Once the cause is fixed, publish it again.`,
  )
})

test('a service that says when to come again is taken at its word', async () => {
  const error = new ServiceUnavailableFailure('the river is frozen', { retryAfter: 60 })
  await expect(runActivity(bending(failWith(error)), subject)).rejects.toMatchObject({ retryAfter: 60 })
  const { timestamp, retry_at } = Object(told.at(-1))
  expect(Temporal.Instant.from(retry_at).since(Temporal.Instant.from(timestamp)).total('seconds')).toBeGreaterThan(55)
})

test('the last failure is left to the report, for good or after all attempts; so is one of a stopping worker', async () => {
  class Dry extends PermanentFailure {}
  await expect(runActivity(bending(failWith(new Dry('no water'))), subject)).rejects.toMatchObject({
    name: 'Dry',
    retry: false,
  })
  await expect(runActivity(bending(failWith(new Error('x'))), subject, { attempt: 7 })).rejects.toThrow('x')
  const signal = AbortSignal.abort(new Error('stopping'))
  await expect(runActivity(bending(failWith(signal.reason)), subject, { signal })).rejects.toThrow('stopping')
  expect(told.map((message) => Object(message).status)).toEqual(['start', 'start', 'start'])
})

test.each([
  ['a full disk', Object.assign(new Error('write'), { code: 'ENOSPC' }), /worker's disk is full/],
  [
    'AWS',
    Object.assign(new Error('Slow down'), { name: 'SlowDown', $metadata: {} }),
    /A request to AWS failed \(SlowDown: Slow down\)/,
  ],
  ['an unexpected kind', new TypeError('x is undefined'), /Unexpected error \(TypeError: x is undefined\)/],
])('a failure of %s is put in context', async (_, error, message) => {
  await expect(runActivity(bending(failWith(error)), subject)).rejects.toThrow(message)
})

test('a step that is soon over is told at once: its start, what it found out, and its end', async () => {
  const calls: string[][] = []
  const listen = async (...messages: DashboardMessage[]) =>
    void calls.push(messages.map((one) => (one.message_type === 'event' ? one.status : String(Object(one).value))))
  const noting = implementStep(listen, bend, async (_, { property }) => {
    property('title', 'draft')
    property('path', 'a/b')
    property('title', 'Rivers')
    return succeed()
  })
  await runActivity(noting, subject)
  expect(calls).toEqual([['start', 'a/b', 'Rivers', 'end']])
})

test('a step that goes on is shown as started, and what it notes is told where something needs it', async () => {
  const calls: string[][] = []
  const begun = Promise.withResolvers<void>()
  const listen = async (...messages: DashboardMessage[]) => {
    calls.push(messages.map((one) => (one.message_type === 'event' ? one.status : one.message_type)))
    begun.resolve()
  }
  const long = implementStep(listen, bend, async (_, { property, tellNow }) => {
    await begun.promise
    property('title', 'Rivers')
    await tellNow()
    return succeed()
  })
  await runActivity(long, subject)
  expect(calls).toEqual([['start'], ['property'], ['end']])
})

test('what a step noted before it failed is told with the retry, and for good without one', async () => {
  const failing = implementStep(tell, bend, async (_, { property }) => {
    property('findings', 'It is dry.')
    throw new Error('x')
  })
  await expect(runActivity(failing, subject)).rejects.toThrow('x')
  expect(told.map((message) => Object(message).status ?? Object(message).name)).toEqual(['start', 'findings', 'retry'])
  told = []
  await expect(runActivity(failing, subject, { attempt: 7 })).rejects.toThrow('x')
  expect(told.map((message) => Object(message).status ?? Object(message).name)).toEqual(['start', 'findings'])
})

test('a step whose start could not be told does not tell its end', async () => {
  const refused = Promise.withResolvers<void>()
  const deafAtFirst = async (...messages: DashboardMessage[]) => {
    if (messages.some((one) => Object(one).status === 'start')) {
      refused.resolve()
      throw new Error('the queue is down')
    }
    told.push(...messages)
  }
  const long = implementStep(deafAtFirst, bend, async () => {
    await refused.promise
    return succeed()
  })
  await expect(runActivity(long, subject)).rejects.toThrow('the queue is down')
  expect(told.map((message) => Object(message).status)).toEqual(['retry'])
})

test('a step whose end could not be told is not done', async () => {
  const deaf = implementStep(
    async (...messages) => {
      if (messages.some((message) => Object(message).status === 'end')) throw new Error('the queue is down')
    },
    bend,
    succeed,
  )
  await expect(runActivity(deaf, subject)).rejects.toThrow('the queue is down')
})

const failure = {
  ...subject,
  event: 'Bend River',
  reason: 'Dry',
  message: 'No water.',
  attempts: 1,
  permanent: true,
  publishing: false,
  advice: 'Wait for rain.',
}

test('the report is one error event, whose id stays the same, and nothing of the version is changed', async () => {
  const { tools: storage } = await startTestBot()
  const tools = { ...storage, tellDashboard: tell }
  await runActivity(implementReportFailure(tools), failure)
  await runActivity(implementReportFailure(tools), failure)
  expect(told).toMatchObject([
    { event_type: 'Bend River', status: 'error', message: 'No water.', attempt: 1 },
    { status: 'error' },
  ])
  expect(told[0]?.message_id).toBe(told[1]?.message_id)
})

test('a publication that failed leaves the version with issues', async () => {
  const { tools } = await startTestBot()
  await runActivity(implementReportFailure({ ...tools, tellDashboard: tell }), { ...failure, publishing: true })
  expect(told[1]).toMatchObject({ name: 'publication-status', value: 'publication issues' })
})

test('a report says what happened, how often it was tried, and what to do', () => {
  expect(messageOf({ ...failure, permanent: false, attempts: 7 })).toBe(
    'No water. Given up after 7 attempts. Wait for rain.',
  )
  const silent = { ...failure, permanent: false, reason: 'HEARTBEAT', message: 'no heartbeat within 10s', attempts: 3 }
  expect(messageOf(silent)).toBe(
    'The worker stopped responding (no heartbeat within 10s). Given up after 3 attempts. Wait for rain.',
  )
})

test('how far a step is goes to the dashboard as it goes, and where that cannot be sent, the step goes on', async () => {
  vi.useFakeTimers({ toFake: ['performance'] })
  onTestFinished(() => void vi.useRealTimers())
  const failing: TellDashboard = async (...messages) => {
    told.push(...messages)
    if (messages.some((message) => Object(message).status === 'progress')) throw new Error('the queue is unavailable')
  }
  const bendingOn = implementStep(failing, bend, async (_, { progressOf }) => {
    const progress = progressOf('bends')
    for (const done of [1, 2, 3]) {
      vi.advanceTimersByTime(3_000)
      progress(done, 3)
    }
    return succeed()
  })
  const { output } = await runActivity(bendingOn, subject)
  expect(output).toEqual({ bends: 3 })
  expect(told.filter((message) => Object(message).status === 'progress')).toMatchObject([
    { event_type: 'Bend River', message: 'bends 1 of 3', attempt: 1, run: 'r-1' },
    { message: 'bends 2 of 3' },
  ])
  expect(new Set(told.map(({ message_id }) => message_id)).size).toBe(4)
})
