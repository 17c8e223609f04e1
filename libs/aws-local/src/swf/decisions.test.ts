import type { Decision, DecisionType } from '@aws-sdk/client-swf'
import { describe, expect, test } from 'vitest'
import { complete, errorOf, marker, startSwf, timer } from '../testing/internal/swf-client.ts'
import { post } from '../testing/internal/swf-raw.ts'

/** Effects of decisions beyond the events that they record (`table/decisions.test.ts`). */

test('a timer fires at its due time and schedules a decision task', async () => {
  const { clock, start, decide, history } = await startSwf()
  const run = await start('article-00353')
  await decide(timer('soon', '0'), timer('later', '90'))
  const began = clock.now()
  clock.advance(100_000)
  const events = (await history(run)).slice(6)
  expect(events.map(({ eventType, timerFiredEventAttributes }) => [eventType, timerFiredEventAttributes])).toEqual([
    ['TimerFired', { timerId: 'soon', startedEventId: 5 }],
    ['DecisionTaskScheduled', undefined],
    ['TimerFired', { timerId: 'later', startedEventId: 6 }],
  ])
  expect(events.map(({ eventTimestamp }) => (eventTimestamp?.getTime() ?? 0) - began)).toEqual([0, 0, 90_000])
})

describe('a batch with a fault in it', () => {
  const faults: [string, Decision[], string][] = [
    ['anything after a close', [complete, marker('m')], 'Close must be last decision in list'],
    ['two closes', [complete, complete], 'Close must be last decision in list'],
    [
      'a start of work that the close would end',
      [timer('t', '5'), complete],
      'Specified decision is incompatible with close decision',
    ],
    [
      'a missing attribute',
      [
        marker('m'),
        { decisionType: 'StartTimer', startTimerDecisionAttributes: { timerId: undefined, startToFireTimeout: '1' } },
      ],
      "1 validation error detected: Value null at 'decisions.2.member.startTimerDecisionAttributes.timerId' failed to satisfy constraint: Member must not be null",
    ],
    [
      'missing attributes',
      [{ decisionType: 'StartTimer' }],
      "1 validation error detected: Value null at 'decisions.1.member.startTimerDecisionAttributes.timerId' failed to satisfy constraint: Member must not be null",
    ],
  ]
  test.each(faults)('is refused whole: %s', async (_, decisions, message) => {
    const { swf, start, types, decisionTask } = await startSwf()
    const run = await start('article-00353')
    const { taskToken } = await decisionTask()
    const refused = await errorOf(swf.respondDecisionTaskCompleted({ taskToken, decisions }))
    expect(refused).toEqual({ name: 'ValidationException', message })
    expect(await types(run)).toHaveLength(3)
    await swf.respondDecisionTaskCompleted({ taskToken, decisions: [complete] })
    expect((await types(run)).at(-1)).toBe('WorkflowExecutionCompleted')
  })

  test.each<[DecisionType, string]>([
    ['ScheduleActivityTask', 'activityType'],
    ['RequestCancelActivityTask', 'activityId'],
    ['RecordMarker', 'markerName'],
    ['StartTimer', 'timerId'],
    ['CancelTimer', 'timerId'],
    ['SignalExternalWorkflowExecution', 'workflowId'],
    ['RequestCancelExternalWorkflowExecution', 'workflowId'],
    ['StartChildWorkflowExecution', 'workflowType'],
    ['ScheduleLambdaFunction', 'id'],
  ])('%s without its attributes names the first that is required: %s', async (decisionType, name) => {
    const { aws, swf, start, decisionTask } = await startSwf()
    await start('article-00353')
    const { taskToken } = await decisionTask()
    const member = `${decisionType.charAt(0).toLowerCase()}${decisionType.slice(1)}DecisionAttributes`
    const message = `1 validation error detected: Value null at 'decisions.1.member.${member}.${name}' failed to satisfy constraint: Member must not be null`
    const leftOut = swf.respondDecisionTaskCompleted({ taskToken, decisions: [{ decisionType }] })
    expect(await errorOf(leftOut)).toEqual({ name: 'ValidationException', message })
    const body = JSON.stringify({ taskToken, decisions: [{ decisionType, [member]: null }] })
    expect(JSON.parse((await post(aws.url, 'RespondDecisionTaskCompleted', body)).body)).toMatchObject({ message })
  })

  test.each<DecisionType>([
    'CompleteWorkflowExecution',
    'FailWorkflowExecution',
    'CancelWorkflowExecution',
    'ContinueAsNewWorkflowExecution',
  ])('%s needs no attributes', async (decisionType) => {
    const { start, decide, types } = await startSwf()
    const run = await start('article-00353')
    await decide({ decisionType })
    expect(await types(run)).toHaveLength(5)
  })

  test('an unknown decision type is reported with the known ones', async () => {
    const { aws, start, decisionTask } = await startSwf()
    await start('article-00353')
    const { taskToken } = await decisionTask()
    const reply = await fetch(aws.url, {
      method: 'POST',
      headers: { 'x-amz-target': 'SimpleWorkflowService.RespondDecisionTaskCompleted', authorization: 'any' },
      body: JSON.stringify({ taskToken, decisions: [{ decisionType: 'Publish' }] }),
    })
    expect(await reply.json()).toMatchObject({
      __type: 'com.amazon.coral.validate#ValidationException',
      message: expect.stringMatching(
        /^1 validation error detected: Value 'Publish' at 'decisions\.1\.member\.decisionType' failed to satisfy constraint: Member must satisfy enum value set: \[.*StartTimer.*]$/,
      ),
    })
  })
})
