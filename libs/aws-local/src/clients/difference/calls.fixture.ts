import { S3 } from '@aws-sdk/client-s3'
import { SQS } from '@aws-sdk/client-sqs'
import { SWF } from '@aws-sdk/client-swf'

/** Clients of one server, and what earlier calls left for later ones. */
export interface Setting {
  readonly swf: SWF
  readonly sqs: SQS
  readonly s3: S3
  readonly found: Map<string, string>
}

/** A call, the same for every server. Its name says what is asked of them. */
export type NamedCall = readonly [name: string, call: (setting: Setting) => Promise<object>]

export function settingOf(endpoint: string): Setting {
  const credentials = { accessKeyId: 'local', secretAccessKey: 'local' }
  const options = { endpoint, region: 'us-east-1', credentials, maxAttempts: 1 }
  return {
    swf: new SWF(options),
    sqs: new SQS(options),
    s3: new S3({ ...options, forcePathStyle: true }),
    found: new Map(),
  }
}

const workflowType = { name: 'W', version: '1' }
const activityType = { name: 'A', version: '1' }
const run = ({ found }: Setting) => ({ workflowId: 'w', runId: found.get('run') ?? '' })
const decisions = { domain: 'D', taskList: { name: 'l' } }

export const swfCalls: readonly NamedCall[] = [
  ['an unknown domain', ({ swf }) => swf.describeDomain({ name: 'D' })],
  ['register a domain', ({ swf }) => swf.registerDomain({ name: 'D', workflowExecutionRetentionPeriodInDays: '7' })],
  ['the same domain', ({ swf }) => swf.registerDomain({ name: 'D', workflowExecutionRetentionPeriodInDays: '7' })],
  ['describe the domain', ({ swf }) => swf.describeDomain({ name: 'D' })],
  ['list domains', ({ swf }) => swf.listDomains({ registrationStatus: 'REGISTERED' })],
  [
    'register a workflow type',
    ({ swf }) =>
      swf.registerWorkflowType({
        domain: 'D',
        ...workflowType,
        defaultTaskList: { name: 'l' },
        defaultChildPolicy: 'TERMINATE',
        defaultExecutionStartToCloseTimeout: '600',
        defaultTaskStartToCloseTimeout: '60',
      }),
  ],
  ['the same workflow type', ({ swf }) => swf.registerWorkflowType({ domain: 'D', ...workflowType })],
  ['describe the workflow type', ({ swf }) => swf.describeWorkflowType({ domain: 'D', workflowType })],
  [
    'register an activity type',
    ({ swf }) =>
      swf.registerActivityType({
        domain: 'D',
        ...activityType,
        defaultTaskList: { name: 'a' },
        defaultTaskScheduleToStartTimeout: '60',
        defaultTaskScheduleToCloseTimeout: '60',
        defaultTaskStartToCloseTimeout: '60',
        defaultTaskHeartbeatTimeout: '60',
      }),
  ],
  [
    'start of an unknown type',
    ({ swf }) =>
      swf.startWorkflowExecution({ domain: 'D', workflowId: 'w', workflowType: { name: 'X', version: '1' } }),
  ],
  [
    'start',
    async ({ swf, found }) => {
      const started = await swf.startWorkflowExecution({ domain: 'D', workflowId: 'w', workflowType, input: '' })
      found.set('run', started.runId ?? '')
      return started
    },
  ],
  ['start of an open id', ({ swf }) => swf.startWorkflowExecution({ domain: 'D', workflowId: 'w', workflowType })],
  ['count pending decisions', ({ swf }) => swf.countPendingDecisionTasks(decisions)],
  ['describe the execution', (it) => it.swf.describeWorkflowExecution({ domain: 'D', execution: run(it) })],
  [
    'list open executions',
    ({ swf }) => swf.listOpenWorkflowExecutions({ domain: 'D', startTimeFilter: { oldestDate: new Date(0) } }),
  ],
  [
    'the first decision task',
    async ({ swf, found }) => {
      const task = await swf.pollForDecisionTask({ ...decisions, identity: 'me' })
      found.set('decision', task.taskToken ?? '')
      return task
    },
  ],
  [
    'close must be last',
    ({ swf, found }) =>
      swf.respondDecisionTaskCompleted({
        taskToken: found.get('decision'),
        decisions: [
          { decisionType: 'CompleteWorkflowExecution', completeWorkflowExecutionDecisionAttributes: {} },
          { decisionType: 'RecordMarker', recordMarkerDecisionAttributes: { markerName: 'm' } },
        ],
      }),
  ],
  [
    'schedule, start a timer, record a marker',
    ({ swf, found }) =>
      swf.respondDecisionTaskCompleted({
        taskToken: found.get('decision'),
        decisions: [
          {
            decisionType: 'ScheduleActivityTask',
            scheduleActivityTaskDecisionAttributes: { activityId: 'one', activityType, input: 'x' },
          },
          {
            decisionType: 'StartTimer',
            startTimerDecisionAttributes: { timerId: 't', startToFireTimeout: '500' },
          },
          { decisionType: 'RecordMarker', recordMarkerDecisionAttributes: { markerName: 'm', details: '' } },
        ],
      }),
  ],
  ['count pending activities', ({ swf }) => swf.countPendingActivityTasks({ domain: 'D', taskList: { name: 'a' } })],
  [
    'the activity task',
    async ({ swf, found }) => {
      const task = await swf.pollForActivityTask({ domain: 'D', taskList: { name: 'a' }, identity: 'me' })
      found.set('activity', task.taskToken ?? '')
      return task
    },
  ],
  ['heartbeat', ({ swf, found }) => swf.recordActivityTaskHeartbeat({ taskToken: found.get('activity') })],
  [
    'complete the activity',
    ({ swf, found }) => swf.respondActivityTaskCompleted({ taskToken: found.get('activity'), result: 'r' }),
  ],
  [
    'complete it again',
    ({ swf, found }) => swf.respondActivityTaskCompleted({ taskToken: found.get('activity'), result: 'r' }),
  ],
  [
    'the second decision task',
    async ({ swf, found }) => {
      const task = await swf.pollForDecisionTask({ ...decisions, identity: 'me' })
      found.set('decision', task.taskToken ?? '')
      return task
    },
  ],
  [
    'cancel the timer and complete',
    ({ swf, found }) =>
      swf.respondDecisionTaskCompleted({
        taskToken: found.get('decision'),
        decisions: [
          { decisionType: 'CancelTimer', cancelTimerDecisionAttributes: { timerId: 't' } },
          {
            decisionType: 'CompleteWorkflowExecution',
            completeWorkflowExecutionDecisionAttributes: { result: 'done' },
          },
        ],
      }),
  ],
  ['the history', (it) => it.swf.getWorkflowExecutionHistory({ domain: 'D', execution: run(it) })],
  ['describe the closed execution', (it) => it.swf.describeWorkflowExecution({ domain: 'D', execution: run(it) })],
  ['terminate what is closed', ({ swf }) => swf.terminateWorkflowExecution({ domain: 'D', workflowId: 'w' })],
  ['signal to nobody', ({ swf }) => swf.signalWorkflowExecution({ domain: 'D', workflowId: 'x', signalName: 's' })],
  [
    'a signal before the first decision',
    async ({ swf }) => {
      const { runId } = await swf.startWorkflowExecution({ domain: 'D', workflowId: 's', workflowType })
      await swf.signalWorkflowExecution({ domain: 'D', workflowId: 's', signalName: 's', input: '' })
      const { events } = await swf.getWorkflowExecutionHistory({ domain: 'D', execution: { workflowId: 's', runId } })
      return { types: events?.map(({ eventType }) => eventType).join(' ') }
    },
  ],
  ['terminate', ({ swf }) => swf.terminateWorkflowExecution({ domain: 'D', workflowId: 's', reason: 'r' })],
]

const queue = ({ found }: Setting) => ({ QueueUrl: found.get('queue') ?? '' })

export const sqsCalls: readonly NamedCall[] = [
  ['an unknown queue', ({ sqs }) => sqs.getQueueUrl({ QueueName: 'q' })],
  [
    'create a queue',
    async ({ sqs, found }) => {
      const created = await sqs.createQueue({ QueueName: 'q', Attributes: { VisibilityTimeout: '1' } })
      found.set('queue', created.QueueUrl ?? '')
      return created
    },
  ],
  ['the same queue', ({ sqs }) => sqs.createQueue({ QueueName: 'q', Attributes: { VisibilityTimeout: '1' } })],
  [
    'another queue of that name',
    ({ sqs }) => sqs.createQueue({ QueueName: 'q', Attributes: { VisibilityTimeout: '2' } }),
  ],
  ['a queue of no possible name', ({ sqs }) => sqs.createQueue({ QueueName: 'no.name' })],
  ['attributes', (it) => it.sqs.getQueueAttributes({ ...queue(it), AttributeNames: ['All'] })],
  [
    'send',
    (it) =>
      it.sqs.sendMessage({
        ...queue(it),
        MessageBody: 'ü',
        MessageAttributes: {
          n: { DataType: 'Number', StringValue: '1' },
          b: { DataType: 'Binary', BinaryValue: Uint8Array.of(0, 255) },
        },
      }),
  ],
  ['send nothing', (it) => it.sqs.sendMessage({ ...queue(it), MessageBody: '' })],
  ['send later than can be', (it) => it.sqs.sendMessage({ ...queue(it), MessageBody: 'x', DelaySeconds: 901 })],
  ['an empty batch', (it) => it.sqs.sendMessageBatch({ ...queue(it), Entries: [] })],
  [
    'a batch with one id twice',
    (it) => {
      const entry = { Id: 'a', MessageBody: 'x' }
      return it.sqs.sendMessageBatch({ ...queue(it), Entries: [entry, entry] })
    },
  ],
  [
    'a batch of eleven',
    (it) => {
      const Entries = Array.from({ length: 11 }, (_, n) => ({ Id: `${n}`, MessageBody: 'x' }))
      return it.sqs.sendMessageBatch({ ...queue(it), Entries })
    },
  ],
  [
    'receive',
    async (it) => {
      const received = await it.sqs.receiveMessage({
        ...queue(it),
        MessageSystemAttributeNames: ['All'],
        MessageAttributeNames: ['All'],
      })
      it.found.set('handle', received.Messages?.[0]?.ReceiptHandle ?? '')
      return received
    },
  ],
  ['receive nothing', (it) => it.sqs.receiveMessage(queue(it))],
  ['receive eleven', (it) => it.sqs.receiveMessage({ ...queue(it), MaxNumberOfMessages: 11 })],
  [
    'show it again',
    (it) =>
      it.sqs.changeMessageVisibility({ ...queue(it), ReceiptHandle: it.found.get('handle'), VisibilityTimeout: 0 }),
  ],
  [
    'show what is not in flight',
    (it) =>
      it.sqs.changeMessageVisibility({ ...queue(it), ReceiptHandle: it.found.get('handle'), VisibilityTimeout: 0 }),
  ],
  ['delete', (it) => it.sqs.deleteMessage({ ...queue(it), ReceiptHandle: it.found.get('handle') })],
  ['delete again', (it) => it.sqs.deleteMessage({ ...queue(it), ReceiptHandle: it.found.get('handle') })],
  ['delete by no handle', (it) => it.sqs.deleteMessage({ ...queue(it), ReceiptHandle: 'none' })],
  ['delete the queue', (it) => it.sqs.deleteQueue(queue(it))],
  ['send to no queue', (it) => it.sqs.sendMessage({ ...queue(it), MessageBody: 'x' })],
]

const Bucket = 'b-1'
const object = { Bucket, Key: 'a/../ü +%41' }

export const s3Calls: readonly NamedCall[] = [
  ['an unknown bucket', ({ s3 }) => s3.listObjectsV2({ Bucket })],
  ['a bucket of no possible name', ({ s3 }) => s3.createBucket({ Bucket: 'No_Name' })],
  ['create a bucket', ({ s3 }) => s3.createBucket({ Bucket })],
  ['the same bucket', ({ s3 }) => s3.createBucket({ Bucket })],
  ['where it is', ({ s3 }) => s3.getBucketLocation({ Bucket })],
  ['an empty list', ({ s3 }) => s3.listObjectsV2({ Bucket })],
  [
    'put',
    ({ s3 }) => s3.putObject({ ...object, Body: 'hello', Metadata: { two: 'two words' }, CacheControl: 'no-cache' }),
  ],
  ['put where there is something', ({ s3 }) => s3.putObject({ ...object, Body: 'x', IfNoneMatch: '*' })],
  [
    'put with a wrong MD5',
    ({ s3 }) => s3.putObject({ Bucket, Key: 'wrong', Body: 'x', ContentMD5: 'AAAAAAAAAAAAAAAAAAAAAA==' }),
  ],
  ['what came with a wrong MD5', ({ s3 }) => s3.deleteObject({ Bucket, Key: 'wrong' })],
  ['head', ({ s3 }) => s3.headObject(object)],
  [
    'get',
    async ({ s3 }) => {
      const { Body, ...rest } = await s3.getObject(object)
      return { ...rest, text: await Body?.transformToString() }
    },
  ],
  [
    'get the end',
    async ({ s3 }) => {
      const { Body, ...rest } = await s3.getObject({ ...object, Range: 'bytes=-2' })
      return { ...rest, text: await Body?.transformToString() }
    },
  ],
  ['get beyond the end', ({ s3 }) => s3.getObject({ ...object, Range: 'bytes=9-' })],
  ['get if changed', ({ s3 }) => s3.getObject({ ...object, IfNoneMatch: '"5d41402abc4b2a76b9719d911017c592"' })],
  ['get nothing', ({ s3 }) => s3.getObject({ Bucket, Key: 'none' })],
  ['head nothing', ({ s3 }) => s3.headObject({ Bucket, Key: 'none' })],
  [
    'copy onto itself',
    ({ s3 }) => s3.copyObject({ ...object, CopySource: `${Bucket}/${encodeURIComponent(object.Key)}` }),
  ],
  [
    'copy',
    ({ s3 }) => s3.copyObject({ Bucket, Key: 'copy', CopySource: `${Bucket}/${encodeURIComponent(object.Key)}` }),
  ],
  ['copy nothing', ({ s3 }) => s3.copyObject({ Bucket, Key: 'copy', CopySource: `${Bucket}/none` })],
  ['list by delimiter', ({ s3 }) => s3.listObjectsV2({ Bucket, Delimiter: '/', MaxKeys: 1 })],
  ['list as it once was', ({ s3 }) => s3.listObjects({ Bucket, Delimiter: '/', MaxKeys: 1, EncodingType: 'url' })],
  ['tag', ({ s3 }) => s3.putObjectTagging({ ...object, Tagging: { TagSet: [{ Key: 'k', Value: 'v' }] } })],
  ['tags', ({ s3 }) => s3.getObjectTagging(object)],
  ['no policy', ({ s3 }) => s3.getBucketPolicy({ Bucket })],
  [
    'complete what was never begun',
    ({ s3 }) => s3.completeMultipartUpload({ Bucket, Key: 'k', UploadId: 'none', MultipartUpload: { Parts: [] } }),
  ],
  [
    'a small part that is not the last',
    async ({ s3 }) => {
      const { UploadId } = await s3.createMultipartUpload({ Bucket, Key: 'k' })
      const part = (PartNumber: number) => s3.uploadPart({ Bucket, Key: 'k', UploadId, PartNumber, Body: 'x' })
      const Parts = [
        { PartNumber: 1, ETag: (await part(1)).ETag },
        { PartNumber: 2, ETag: (await part(2)).ETag },
      ]
      return s3.completeMultipartUpload({ Bucket, Key: 'k', UploadId, MultipartUpload: { Parts } })
    },
  ],
  ['delete many', ({ s3 }) => s3.deleteObjects({ Bucket, Delete: { Objects: [{ Key: 'copy' }, { Key: 'none' }] } })],
  ['delete a bucket that holds something', ({ s3 }) => s3.deleteBucket({ Bucket })],
  ['delete', ({ s3 }) => s3.deleteObject(object)],
  ['delete again', ({ s3 }) => s3.deleteObject(object)],
  ['delete the bucket', ({ s3 }) => s3.deleteBucket({ Bucket })],
]
