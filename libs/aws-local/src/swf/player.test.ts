import type { Decision } from '@aws-sdk/client-swf'
import { expect, test } from 'vitest'
import { domain, schedule, startSwf, timer, workflowType } from '../testing/internal/swf-client.ts'
import { play } from '../testing/internal/swf-player.ts'
import { rawClient } from '../testing/internal/swf-raw.ts'
import { readRecording, type Recording } from '../testing/internal/swf-recording.ts'
import { everyExecution } from './table/every-event.fixture.ts'

/**
 * The player of recordings, on more than the recordings at hand contain: what an execution did on one server, played to another
 * from its history alone, comes out the same.
 */

type Attributes = {
  workflowExecutionStartedEventAttributes?: { parentWorkflowExecution?: object; continuedExecutionRunId?: string }
}

/** The calls that `readRecording` looks for, as if they had been recorded. */
async function record(url: string, execution: { workflowId: string; runId: string }): Promise<Recording | undefined> {
  const call = rawClient(url)
  const history = await call<{ events: Attributes[] }>('GetWorkflowExecutionHistory', { domain, execution })
  const started = history.events[0]?.workflowExecutionStartedEventAttributes
  // Only clients start what can be played: not parents, nor earlier runs.
  if (started?.parentWorkflowExecution !== undefined || started?.continuedExecutionRunId !== undefined) return undefined
  const calls = {
    StartWorkflowExecution: { request: { domain, workflowId: execution.workflowId, ...started } },
    DescribeWorkflowType: { response: await call<object>('DescribeWorkflowType', { domain, workflowType }) },
    DescribeWorkflowExecution: { response: await call<object>('DescribeWorkflowExecution', { domain, execution }) },
    GetWorkflowExecutionHistory: { response: history },
  }
  return readRecording(JSON.stringify(Object.entries(calls).map(([op, each]) => ({ op, ...each }))))
}

test('everything that can happen to an execution is played', async () => {
  const { aws, executions } = await everyExecution()
  const played: string[] = []
  for (const execution of executions) {
    const recording = await record(aws.url, execution)
    if (recording === undefined) continue
    const again = await play(recording)
    expect(again.history, execution.workflowId).toEqual(recording.history)
    expect(again.description, execution.workflowId).toEqual(recording.description)
    played.push(execution.workflowId)
  }
  const closes = ['Cancel', 'Complete', 'ContinueAsNew', 'Fail'].map((type) => `closes by ${type}WorkflowExecution`)
  expect(played.toSorted()).toEqual([...closes, 'other', 'parent', 'works'])
})

test('markers, timers, failures of children, execution contexts and heartbeats are played with all that they say', async () => {
  const { aws, swf, clock, start, decisionTask, activityTask, types } = await startSwf()
  const execution = await start('article-00353', { input: 'a', tagList: ['vor'], taskPriority: '3' })
  const decide = async (executionContext: string | undefined, ...decisions: Decision[]) =>
    swf.respondDecisionTaskCompleted({ taskToken: (await decisionTask()).taskToken, executionContext, decisions })
  const child = (workflowId: string, more: object = {}): Decision => ({
    decisionType: 'StartChildWorkflowExecution',
    startChildWorkflowExecutionDecisionAttributes: { workflowId, workflowType, control: 'c', ...more },
  })
  await decide(
    'step 1',
    { decisionType: 'RecordMarker', recordMarkerDecisionAttributes: { markerName: 'm', details: '{"at":1}' } },
    { decisionType: 'RecordMarker', recordMarkerDecisionAttributes: { markerName: 'm', details: '' } },
    { ...timer('t', '90'), startTimerDecisionAttributes: { timerId: 't', startToFireTimeout: '90', control: 'wait' } },
    schedule('silent', { control: 'x' }),
    schedule('long'),
    child('figures', { taskPriority: '9' }),
    child('article-00353'),
  )
  // The child shares the list of its parent, and is more urgent.
  clock.advance(1500)
  const { taskToken: figures } = await decisionTask()
  const failWorkflowExecutionDecisionAttributes = { reason: 'no figures', details: '{"figures":[]}' }
  await swf.respondDecisionTaskCompleted({
    taskToken: figures,
    decisions: [{ decisionType: 'FailWorkflowExecution', failWorkflowExecutionDecisionAttributes }],
  })
  await decide(undefined)
  const { taskToken: silent } = await activityTask()
  const { taskToken: long } = await activityTask()
  for (let second = 0; second < 120; second += 20) {
    clock.advance(20_000)
    await swf.recordActivityTaskHeartbeat({ taskToken: long })
    if (second < 40) await swf.recordActivityTaskHeartbeat({ taskToken: silent, details: 'page 7' })
  }
  await swf.respondActivityTaskCompleted({ taskToken: long, result: '' })
  await decide('step 2', child('again', { executionStartToCloseTimeout: '5' }))
  clock.advance(6_000)
  await decide('step 3', { decisionType: 'CompleteWorkflowExecution' })

  expect(await types(execution)).toEqual(
    expect.arrayContaining([
      'MarkerRecorded',
      'TimerFired',
      'ChildWorkflowExecutionFailed',
      'ChildWorkflowExecutionTimedOut',
      'StartChildWorkflowExecutionFailed',
      'ActivityTaskTimedOut',
      'WorkflowExecutionCompleted',
    ]),
  )
  const recording = await record(aws.url, execution)
  if (recording === undefined) throw new Error('It was started by a client.')
  expect(recording.description).toMatchObject({ latestExecutionContext: 'step 3' })
  const again = await play(recording)
  expect(again.history).toEqual(recording.history)
  expect(again.description).toEqual(recording.description)
})

test('a history that SWF would not have written does not come out the same', async () => {
  const { aws, start, decisionTask, swf, clock } = await startSwf()
  const execution = await start('article-00353')
  const { taskToken } = await decisionTask()
  await swf.respondDecisionTaskCompleted({ taskToken, decisions: [timer('t', '90')] })
  clock.advance(90_000)
  const recording = await record(aws.url, execution)
  if (recording === undefined) throw new Error('It was started by a client.')
  const late = { ...recording, history: recording.history.map((event) => ({ ...event })) }
  for (const event of late.history.slice(-2)) event.eventTimestamp += 1
  expect((await play(late)).history).toEqual(recording.history)
  const lost = { ...recording, history: recording.history.filter(({ eventType }) => eventType !== 'TimerStarted') }
  await expect(play(lost).then(({ history }) => history)).resolves.not.toEqual(lost.history)
})
