import { onTestFinished, expect, test } from 'vitest'
import { startAwsLocal } from '../index.ts'
import { runCommand, temporaryFolder } from '../testing/internal/process.ts'
import { virtualClock } from '../time/virtual-clock.ts'
import {
  complete,
  deciding,
  domain,
  reading,
  registerTypes,
  schedule,
  swfClient,
  timer,
} from '../testing/internal/swf-client.ts'

/** Answered requests survive `kill -9` of the server. */

async function restarted(data: string, clock = virtualClock(Date.now())) {
  const aws = await startAwsLocal({ data, clock })
  onTestFinished(() => aws.close())
  const swf = swfClient(aws.url)
  return { swf, clock, ...deciding(swf), ...reading(swf) }
}

test('started tasks can be answered after a crash, and scheduled ones are handed out', async () => {
  const data = temporaryFolder()
  const before = await runCommand('--data', data)
  const swf = swfClient(before.url)
  await registerTypes(swf)
  const { start, decide, decisionTask, activityTask } = deciding(swf)
  const working = await start('working')
  await decide(schedule('taken'), schedule('waiting'), timer('soon', '100'))
  const taken = await activityTask()
  await swf.recordActivityTaskHeartbeat({ taskToken: taken.taskToken, details: 'half' })
  const deciding1 = await start('deciding')
  const task = await decisionTask()
  await start('fresh')
  await before.kill9()

  const after = await restarted(data)
  await after.swf.respondActivityTaskCompleted({ taskToken: taken.taskToken, result: 'r' })
  expect((await after.activityTask()).activityId).toBe('waiting')
  await after.swf.respondDecisionTaskCompleted({ taskToken: task.taskToken, decisions: [complete] })
  expect((await after.types(deciding1)).at(-1)).toBe('WorkflowExecutionCompleted')
  const next = [await after.decisionTask(), await after.decisionTask()]
  expect(next.map(({ workflowExecution }) => workflowExecution?.workflowId)).toEqual(['fresh', 'working'])
  after.clock.advance(101_000)
  expect(await after.types(working)).toContain('TimerFired')
})

test('timers and timeouts due while the server was down happen at their due time', async () => {
  const data = temporaryFolder()
  const before = await runCommand('--data', data)
  const swf = swfClient(before.url)
  await registerTypes(swf)
  const { start, decide, activityTask } = deciding(swf)
  const run = await start('article-00353')
  await decide(schedule('expand', { heartbeatTimeout: '20' }), timer('soon', '10'))
  const { taskToken } = await activityTask()
  await swf.recordActivityTaskHeartbeat({ taskToken, details: 'half' })
  await before.kill9()

  const after = await restarted(data, virtualClock(Date.now() + 300_000))
  const events = await after.history(run)
  const [started, , fired, asked, timedOut] = events.slice(5)
  expect(fired).toMatchObject({ eventType: 'TimerFired' })
  const timerStarted = started?.eventTimestamp?.getTime() ?? 0
  expect(fired?.eventTimestamp?.getTime()).toBe(timerStarted + 10_000)
  expect(asked?.eventType).toBe('DecisionTaskScheduled')
  expect(timedOut?.activityTaskTimedOutEventAttributes).toMatchObject({ timeoutType: 'HEARTBEAT', details: 'half' })
})

test('no acknowledged start is lost, whenever the server dies', async () => {
  const data = temporaryFolder()
  const before = await runCommand('--data', data)
  const swf = swfClient(before.url)
  await registerTypes(swf)
  const { start } = deciding(swf)
  const acknowledged: { workflowId: string; runId: string }[] = []
  const keepStarting = async (writer: number) => {
    for (let i = 0; ; i++) acknowledged.push(await start(`article-${writer}-${i}`))
  }
  const writers = [1, 2, 3].map((writer) => keepStarting(writer).catch(() => 'the server is gone'))
  while (acknowledged.length < 60) await new Promise((resolve) => setImmediate(resolve))
  await before.kill9()
  await Promise.all(writers)

  const { swf: again, history } = await restarted(data)
  for (const execution of acknowledged) expect(await history(execution)).toHaveLength(2)
  const all = { domain, startTimeFilter: { oldestDate: new Date(0) } }
  const { count = 0 } = await again.countOpenWorkflowExecutions(all)
  expect(count).toBeGreaterThanOrEqual(acknowledged.length)
})
