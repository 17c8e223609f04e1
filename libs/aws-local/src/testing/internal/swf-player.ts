import { virtualClock, type VirtualClock } from '../../time/virtual-clock.ts'
import { startAwsLocal } from '../../index.ts'
import { heartbeatsOf } from './swf-heartbeats.ts'
import { movesOf } from './swf-moves.ts'
import { rawClient, type Call } from './swf-raw.ts'
import { comparable, eventsOf, type Recording } from './swf-recording.ts'

/** Plays the calls of a recording to a server of its own, each at its time, and returns the responses of that server. */
export async function play(recording: Recording): Promise<Recording> {
  const { start, history, workflowType } = recording
  const clock = virtualClock(millis(workflowType.typeInfo.creationDate))
  // A task that is looked for is there at once, or never.
  await using aws = await startAwsLocal({ clock, pollSeconds: 0 })
  const call = rawClient(aws.url)
  await register(call, recording)
  moveTo(clock, history[0]?.eventTimestamp ?? recording.openExecutions?.executionInfos[0]?.startTimestamp ?? 0)
  const { domain, workflowId } = start
  const { runId } = await call<{ runId: string }>('StartWorkflowExecution', start)
  const execution = { workflowId, runId }
  const filters = { domain, startTimeFilter: { oldestDate: 0 }, executionFilter: { workflowId } }
  const openExecutions = await call<Recording['openExecutions']>('ListOpenWorkflowExecutions', filters)
  await playEvents(call, clock, recording, execution)
  const played = await call<{ events: Parameters<typeof eventsOf>[0] }>('GetWorkflowExecutionHistory', {
    domain,
    execution,
  })
  return {
    start,
    workflowType: await call('DescribeWorkflowType', { domain, workflowType: start.workflowType }),
    openExecutions: same(openExecutions),
    description: same(await call<object>('DescribeWorkflowExecution', { domain, execution })),
    history: eventsOf(same(played).events),
  }
}

const same = <T>(value: T): T => JSON.parse(comparable(JSON.stringify(value)))
const millis = (seconds: number) => Math.round(seconds * 1000)
const moveTo = (clock: VirtualClock, seconds: number) => clock.advance(Math.max(0, millis(seconds) - clock.now()))

async function register(call: Call, { start, workflowType, history }: Recording): Promise<void> {
  const { domain } = start
  await call('RegisterDomain', { name: domain, workflowExecutionRetentionPeriodInDays: '90' })
  await call('RegisterWorkflowType', { domain, ...start.workflowType, ...workflowType.configuration })
  const known = new Set([nameOf(start.workflowType)])
  for (const { eventType, attributes } of history) {
    const operation = registrations[eventType]
    const type = attributes.activityType ?? attributes.workflowType
    if (operation === undefined || type === undefined || known.has(nameOf(type))) continue
    known.add(nameOf(type))
    await call(operation, { domain, ...type })
  }
}

const nameOf = ({ name, version }: { name: string; version: string }) => `${name} ${version}`

/** Events that tell of a registered type. */
const registrations: Readonly<Record<string, string>> = {
  ActivityTaskScheduled: 'RegisterActivityType',
  StartChildWorkflowExecutionInitiated: 'RegisterWorkflowType',
  WorkflowExecutionContinuedAsNew: 'RegisterWorkflowType',
}

async function playEvents(
  call: Call,
  clock: VirtualClock,
  recording: Recording,
  execution: { workflowId: string; runId: string },
): Promise<void> {
  const moves = movesOf(call, recording, execution)
  await moves.prepare()
  const beats = heartbeatsOf(recording.history)
  for (const event of recording.history) {
    for (let beat = beats[0]; beat !== undefined && beat.at < event.eventTimestamp; beat = beats[0]) {
      moveTo(clock, beat.at)
      await moves.heartbeat(beat.scheduledEventId, beat.details)
      beats.shift()
    }
    moveTo(clock, event.eventTimestamp)
    await moves.repeat(event)
  }
}
