import { expect, test } from 'vitest'
import { startAwsLocal } from '../index.ts'
import { virtualClock } from '../time/virtual-clock.ts'
import {
  complete,
  domain,
  registerTypes,
  schedule,
  startSwf,
  swfClient,
  reading,
} from '../testing/internal/swf-client.ts'
import { rawClient } from '../testing/internal/swf-raw.ts'

/** Histories moved from one server to another; `clients/awscli.test.ts` does the same with files of awscli. */

interface Exported {
  events: { eventId: number; eventTimestamp: number | string; eventType: string }[]
}

/** An execution that has run on one server, as SWF tells it. */
async function exported() {
  const { aws, swf, clock, start, decide, activityTask } = await startSwf()
  const execution = await start('article-00353', { tagList: ['vor'], input: '' })
  await decide(schedule('expand', { input: 'x' }))
  clock.advance(1234)
  const { taskToken } = await activityTask()
  await swf.respondActivityTaskCompleted({ taskToken, result: 'done' })
  await swf.requestCancelWorkflowExecution({ domain, workflowId: 'article-00353' })
  await decide(complete)
  const call = rawClient(aws.url)
  const history = await call<Exported>('GetWorkflowExecutionHistory', { domain, execution })
  return {
    execution,
    history,
    description: await call<object>('DescribeWorkflowExecution', { domain, execution }),
    clock,
  }
}

test('an imported history is returned unchanged', async () => {
  const { execution, history, description, clock } = await exported()
  await using other = await startAwsLocal({ clock: virtualClock(clock.now()) })
  const swf = swfClient(other.url)
  await registerTypes(swf)
  other.domain(domain).importHistory(execution, history)
  const call = rawClient(other.url)
  expect(await call('GetWorkflowExecutionHistory', { domain, execution })).toEqual(history)
  expect(await call('DescribeWorkflowExecution', { domain, execution })).toEqual(description)
  const closed = await swf.listClosedWorkflowExecutions({
    domain,
    startTimeFilter: { oldestDate: new Date(0) },
    tagFilter: { tag: 'vor' },
  })
  expect(closed.executionInfos?.map((it) => it.execution)).toEqual([execution])
  // The id is free: what was imported is closed.
  await swf.startWorkflowExecution({
    domain,
    workflowId: 'article-00353',
    workflowType: { name: 'PublishArticle', version: '1' },
  })
})

test('times may be text, as the second awscli writes them', async () => {
  const { execution, history, clock } = await exported()
  const texts = history.events.map((event) => ({
    ...event,
    eventTimestamp: new Date(Number(event.eventTimestamp) * 1000).toISOString().replace('Z', '000+00:00'),
  }))
  await using other = await startAwsLocal({ clock: virtualClock(clock.now()) })
  await registerTypes(swfClient(other.url))
  other.domain(domain).importHistory(execution, { events: texts })
  expect(await rawClient(other.url)('GetWorkflowExecutionHistory', { domain, execution })).toEqual(history)
})

test('anything but the whole history of a closed execution is refused, and leaves nothing', async () => {
  const { execution, history, clock } = await exported()
  const { events } = history
  await using other = await startAwsLocal({ clock: virtualClock(clock.now()) })
  const swf = swfClient(other.url)
  const refused = (what: unknown, message: RegExp, name = domain) =>
    expect(() => other.domain(name).importHistory(execution, what)).toThrow(message)
  refused(history, /Unknown domain Publish/)
  await registerTypes(swf)
  refused([], /list of events/)
  refused({ events: [] }, /first event of a history must be WorkflowExecutionStarted/)
  refused({ events: events.slice(1) }, /Event 1 is missing/)
  refused({ events: events.slice(0, -1) }, /closed execution/)
  refused(
    { events: events.map((event) => ({ ...event, eventTimestamp: undefined })) },
    /Event 1 has no valid eventTimestamp/,
  )
  refused({ events: events.map((event) => ({ ...event, eventType: 'Unheard' })) }, /Not a history written by SWF/)
  await expect(reading(swf).history(execution)).rejects.toThrow(/Unknown execution/)
  other.domain(domain).importHistory(execution, history)
  refused(history, /already exists/)
  await using later = await startAwsLocal({ clock: virtualClock(clock.now() + 8 * 86_400_000) })
  await registerTypes(swfClient(later.url))
  expect(() => later.domain(domain).importHistory(execution, history)).toThrow(/keeps closed executions for 7 days/)
})
