/** Requests to live SWF and their responses, read for comparison. */
export interface Recording {
  start: StartRequest
  workflowType: { configuration: object; typeInfo: { creationDate: number } }
  openExecutions: { executionInfos: { startTimestamp: number }[] } | undefined
  description: object | undefined
  history: RecordedEvent[]
}

export interface StartRequest {
  domain: string
  workflowId: string
  workflowType: { name: string; version: string }
  taskList: { name: string }
}

export interface RecordedEvent {
  eventId: number
  eventTimestamp: number
  eventType: string
  attributes: Attributes
}

/** The attributes that a player of events looks into; the rest it passes on. */
export interface Attributes {
  decisionTaskCompletedEventId?: number
  scheduledEventId?: number
  startedEventId?: number
  initiatedEventId?: number
  externalInitiatedEventId?: number
  identity?: string
  activityId?: string
  activityType?: { name: string; version: string }
  workflowId?: string
  workflowType?: { name: string; version: string }
  workflowExecution?: { workflowId: string }
  externalWorkflowExecution?: { workflowId: string }
  taskList?: { name: string }
  timeoutType?: string
  heartbeatTimeout?: string
  cause?: string
  details?: string
}

/** A call as it was recorded; each operation has its own request and reply, of which these are read. */
type RecordedCall = {
  op: string
  request: StartRequest
  response: Recording['workflowType'] & { executionInfos: { startTimestamp: number }[]; events: WireEvent[] }
}
type WireEvent = Omit<RecordedEvent, 'attributes'> & Record<`${string}EventAttributes`, Attributes>

export function readRecording(text: string): Recording {
  const calls: RecordedCall[] = JSON.parse(comparable(text))
  const find = (op: string) => calls.findLast((call) => call.op === op)
  const start = find('StartWorkflowExecution')?.request
  const workflowType = find('DescribeWorkflowType')?.response
  if (start === undefined || workflowType === undefined)
    throw new Error('The recording starts no execution of a known type.')
  return {
    start,
    workflowType,
    openExecutions: find('ListOpenWorkflowExecutions')?.response,
    description: find('DescribeWorkflowExecution')?.response,
    history: eventsOf(find('GetWorkflowExecutionHistory')?.response.events ?? []),
  }
}

export function eventsOf(events: WireEvent[]): RecordedEvent[] {
  return events.map(({ eventId, eventTimestamp, eventType, ...more }) => {
    const [attributes = {}] = Object.values(more)
    return { eventId, eventTimestamp, eventType, attributes }
  })
}

/**
 * JSON without values that differ each time (run ids) and members that only some recordings have: `reopenable`,
 * `reopenGenerationId` and the `scheduleToStartTimeout` of decision tasks were added in 2023.
 */
export function comparable(json: string): string {
  return JSON.stringify(JSON.parse(json), (name, value: unknown) => {
    if (name.startsWith('reopen') || (name === 'scheduleToStartTimeout' && value === 'NONE')) return undefined
    return typeof value === 'string' ? value.replace(/^22[\w+/]{43}=$/, 'RUN') : value
  })
}
