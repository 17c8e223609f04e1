import { expect, onTestFinished, test } from 'vitest'
import { ActivityCanceledError, startAwsLocal, type TestActivityTask } from '../index.ts'
import {
  complete,
  deciding,
  domain,
  registerTypes,
  schedule,
  swfClient,
  timer,
} from '../testing/internal/swf-client.ts'
import { startS3 } from '../testing/internal/s3-server.ts'

/** In-process access of a test, beside a decider that uses the server like AWS. */

async function start() {
  const aws = await startAwsLocal({ pollSeconds: 5 })
  onTestFinished(() => aws.close())
  const swf = swfClient(aws.url)
  await registerTypes(swf)
  return { aws, swf, view: aws.domain(domain), ...deciding(swf) }
}

test('waitForClose returns the execution when it closes', async () => {
  const { view, swf, start: begin, decide } = await start()
  const { runId } = await begin('article-00353')
  const waiting = view.waitForClose('article-00353')
  await begin('another')
  await swf.terminateWorkflowExecution({ domain, workflowId: 'another' })
  await decide(complete)
  const closed = await waiting
  expect(closed).toMatchObject({ workflowId: 'article-00353', runId, status: 'COMPLETED', openActivities: [] })
  expect(closed.events.at(-1)).toMatchObject({ type: 'WorkflowExecutionCompleted', attributes: { result: 'done' } })
  expect(await view.waitForClose('article-00353', runId)).toEqual(closed)
  expect(view.executions().map(({ workflowId, status }) => [workflowId, status])).toEqual([
    ['article-00353', 'COMPLETED'],
    ['another', 'TERMINATED'],
  ])
})

test('waitForClose also waits for runs that continue as new, unless a run id is given', async () => {
  const { view, swf, start: begin, decide } = await start()
  const { runId } = await begin('w')
  const waiting = view.waitForClose('w')
  const waitingForRun = view.waitForClose('w', runId)
  await decide({ decisionType: 'ContinueAsNewWorkflowExecution' })
  expect((await waitingForRun).status).toBe('CONTINUED_AS_NEW')
  await swf.terminateWorkflowExecution({ domain, workflowId: 'w' })
  const last = await waiting
  expect(last.status).toBe('TERMINATED')
  expect(last.runId).not.toBe(runId)
})

test('waitForClose rejects for an unknown execution, and when the server closes', async () => {
  const { aws, view, start: begin } = await start()
  await expect(view.waitForClose('nobody')).rejects.toThrow('Unknown execution, workflowId = nobody')
  await expect(aws.domain('Nowhere').waitForClose('w')).rejects.toThrow('Unknown domain: Nowhere')
  await begin('w')
  const waiting = expect(view.waitForClose('w')).rejects.toThrow('The server was closed.')
  await aws.close()
  await waiting
})

test('open tasks are those of this domain that are scheduled or started; timers are none', async () => {
  const { aws, view, start: begin, decide, decisionTask, swf } = await start()
  const counts = () => [view.openTasks(), aws.domain('Nowhere').openTasks()]
  expect(counts()).toEqual([0, 0])
  await begin('w')
  expect(counts()).toEqual([1, 0])
  const { taskToken } = await decisionTask()
  expect(counts()).toEqual([1, 0])
  await swf.respondDecisionTaskCompleted({ taskToken, decisions: [schedule('a'), schedule('b'), timer('t', '60')] })
  expect(counts()).toEqual([2, 0])
  view.startWorker({ taskList: 'activities', activities: { Expand: () => '' } })
  await expect.poll(() => view.execution('w')?.openActivities).toEqual([])
  expect(counts()).toEqual([1, 0])
  await decide()
  expect([...counts(), view.execution('w')?.openTimers]).toEqual([0, 0, ['t']])
})

test('a test worker runs activities by type: results, failures and cancellations are as from any worker', async () => {
  const { view, start: begin, decide, decisionTask, swf } = await start()
  const seen: TestActivityTask[] = []
  const startWorker = view.startWorker({
    taskList: 'activities',
    activities: {
      async Expand(task) {
        seen.push(task)
        if (task.input === 'fails') throw new Error('no such zip')
        if (task.input !== 'patient') return `expanded ${task.input}`
        while (!task.heartbeat('still here')) await new Promise((resolve) => setImmediate(resolve))
        throw new ActivityCanceledError('as asked')
      },
    },
  })
  await swf.registerActivityType({ domain, name: 'Convert', version: '1', defaultTaskList: { name: 'activities' } })
  await begin('w')
  const timeouts = {
    scheduleToStartTimeout: 'NONE',
    scheduleToCloseTimeout: 'NONE',
    startToCloseTimeout: 'NONE',
    heartbeatTimeout: 'NONE',
  }
  const convert = { ...schedule('convert', timeouts) }
  Object.assign(convert.scheduleActivityTaskDecisionAttributes ?? {}, {
    activityType: { name: 'Convert', version: '1' },
  })
  await decide(
    schedule('a', { input: 'a.zip' }),
    schedule('b', { input: 'fails' }),
    schedule('c', { input: 'patient' }),
    convert,
  )
  const closedOf = (type: string) => view.execution('w')?.events.filter((event) => event.type === type)
  await expect.poll(() => view.execution('w')?.openActivities).toEqual(['c'])
  await swf.respondDecisionTaskCompleted({
    taskToken: (await decisionTask()).taskToken,
    decisions: [
      { decisionType: 'RequestCancelActivityTask', requestCancelActivityTaskDecisionAttributes: { activityId: 'c' } },
    ],
  })
  await expect.poll(() => view.execution('w')?.openActivities).toEqual([])
  expect(closedOf('ActivityTaskCompleted')).toMatchObject([{ attributes: { result: 'expanded a.zip' } }])
  expect(closedOf('ActivityTaskFailed')).toMatchObject([
    { attributes: { reason: 'no such zip', details: expect.stringContaining('no such zip') } },
    { attributes: { reason: 'The test worker of task list activities has no activity Convert.' } },
  ])
  expect(closedOf('ActivityTaskCanceled')).toMatchObject([{ attributes: { details: 'as asked' } }])
  expect(seen[0]).toMatchObject({ activityId: 'a', activityType: { name: 'Expand', version: '1' } })

  startWorker.stop()
  await decide(schedule('d', { input: 'd.zip' }))
  expect(view.execution('w')?.openActivities).toEqual(['d'])
})

test('with virtual time and a test worker, a workflow of a week completes at once', async () => {
  const { view, start: begin, decide } = await start()
  view.time.makeVirtual({ autoSkip: true })
  view.startWorker({ taskList: 'activities', activities: { Expand: () => 'done' } })
  await begin('weekly', { executionStartToCloseTimeout: String(30 * 24 * 3600) })
  for (let day = 0; day < 7; day++) {
    await decide(timer(`day ${day}`, String(24 * 3600)))
    await decide(schedule(`work ${day}`))
  }
  await decide(complete)
  const { startedAt, closedAt } = await view.waitForClose('weekly')
  expect(Number(closedAt) - startedAt).toBe(7 * 24 * 3600 * 1000)
})

test('an execution shows its open activities, timers and children', async () => {
  const { view, start: begin, decide } = await start()
  await begin('w')
  const child = { workflowId: 'child', workflowType: { name: 'PublishArticle', version: '1' } }
  await decide(schedule('a'), timer('t', '60'), {
    decisionType: 'StartChildWorkflowExecution',
    startChildWorkflowExecutionDecisionAttributes: child,
  })
  const seen = view.execution('w')
  expect(seen).toMatchObject({ status: 'OPEN', openActivities: ['a'], openTimers: ['t'], openChildren: ['child'] })
  expect(view.execution('w', 'no such run')).toBeUndefined()
})

test('objects are listed and read without a client', async () => {
  const { server, put } = await startS3()
  await put('b/ü', 'content')
  await put('a', '')
  const bucket = server.bucket('b-1')
  expect(bucket.objects()).toMatchObject([
    { key: 'a', size: 0 },
    { key: 'b/ü', size: 7, etag: '9a0364b9e99bb480dd25e1f0284c8555' },
  ])
  expect((await bucket.read('b/ü')).toString()).toBe('content')
  expect((await bucket.read('a')).length).toBe(0)
  await expect(bucket.read('c')).rejects.toThrow('The specified key does not exist.')
})
