import { execFile } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { describe, expect, onTestFinished, test } from 'vitest'
import { startAwsLocal, virtualClock, type AwsLocalOptions } from '../index.ts'
import { rawClient } from '../testing/internal/swf-raw.ts'
import { temporaryFolder } from '../testing/internal/process.ts'

const cli = process.env['E2E_AWS_CLI']

/** The parts of awscli's JSON output that the tests read. */
interface Output {
  runId: string
  taskToken: string
  QueueUrl: string
  domainInfos: { name: string }[]
  Messages: { Body: string; ReceiptHandle: string }[]
  Contents: { Key: string }[]
  events: { eventId: number; eventTimestamp: string | number; eventType: string }[]
}

/** awscli as Debian ships it, unmodified, against the three services; it speaks the Query protocol to SQS. */
describe.skipIf(!cli)(`awscli${cli ? '' : ' (skipped: E2E_AWS_CLI names none)'}`, { timeout: 120_000 }, () => {
  async function start(options: AwsLocalOptions = {}) {
    const server = await startAwsLocal(options)
    onTestFinished(() => server.close())
    const { AKIAONE: secret = 'local' } = options.keys ?? {}
    const started = (...args: string[]) =>
      promisify(execFile)(cli ?? '', ['--endpoint-url', server.url, ...args], {
        env: {
          PATH: process.env['PATH'],
          AWS_ACCESS_KEY_ID: options.keys ? 'AKIAONE' : 'local',
          AWS_SECRET_ACCESS_KEY: secret,
          AWS_DEFAULT_REGION: 'us-east-1',
          AWS_EC2_METADATA_DISABLED: 'true',
          AWS_MAX_ATTEMPTS: '1',
        },
      })
    const run = async (...args: string[]): Promise<string> => (await started(...args)).stdout
    const json = async (...args: string[]): Promise<Output> => JSON.parse(await run(...args, '--output', 'json'))
    return { server, started, run, json }
  }

  /** An execution of one timer, all by awscli. */
  async function runExecution({ run, json }: Awaited<ReturnType<typeof start>>): Promise<string> {
    await run('swf', 'register-domain', '--name', 'D', '--workflow-execution-retention-period-in-days', '7')
    expect((await json('swf', 'list-domains', '--registration-status', 'REGISTERED')).domainInfos).toMatchObject([
      { name: 'D', status: 'REGISTERED' },
    ])
    const type = ['--domain', 'D', '--name', 'W', '--workflow-version', '1', '--default-task-list', 'name=l']
    const limits = ['--default-task-start-to-close-timeout', '60', '--default-execution-start-to-close-timeout', '600']
    await run('swf', 'register-workflow-type', ...type, ...limits, '--default-child-policy', 'TERMINATE')
    const started = ['--domain', 'D', '--workflow-id', 'w-1', '--workflow-type', 'name=W,version=1', '--input', 'ü']
    const { runId } = await json('swf', 'start-workflow-execution', ...started)
    const { taskToken } = await json('swf', 'poll-for-decision-task', '--domain', 'D', '--task-list', 'name=l')
    const completed = { completeWorkflowExecutionDecisionAttributes: { result: 'done' } }
    const decisions = [
      { decisionType: 'RecordMarker', recordMarkerDecisionAttributes: { markerName: 'm' } },
      { decisionType: 'CompleteWorkflowExecution', ...completed },
    ]
    const answer = ['--task-token', taskToken, '--decisions', JSON.stringify(decisions)]
    await run('swf', 'respond-decision-task-completed', ...answer)
    return runId
  }

  const historyOf = (runId: string) => [
    'swf',
    'get-workflow-execution-history',
    '--domain',
    'D',
    '--execution',
    `workflowId=w-1,runId=${runId}`,
  ]

  test('a history has the format of SWF and is imported unchanged into another server', async () => {
    const clock = virtualClock(Date.UTC(2026, 0, 2, 3, 4, 5, 678))
    const one = await start({ clock })
    const runId = await runExecution(one)
    const file = join(temporaryFolder(), 'history.json')
    writeFileSync(file, await one.run(...historyOf(runId), '--output', 'json'))
    const exported: Output = JSON.parse(readFileSync(file, 'utf8'))

    const raw = rawClient(one.server.url)
    const execution = { workflowId: 'w-1', runId }
    // awscli leaves out what the API of its year did not have: how long a decision task may wait.
    const known = (text: string): Output =>
      JSON.parse(text, (name, value: unknown) => (name === 'scheduleToStartTimeout' ? undefined : value))
    const { events } = known(JSON.stringify(await raw('GetWorkflowExecutionHistory', { domain: 'D', execution })))
    // The second awscli writes times as text, the first in seconds.
    const inSeconds = known(JSON.stringify(exported)).events.map(({ eventTimestamp: at, ...event }) => ({
      ...event,
      eventTimestamp: typeof at === 'string' ? Date.parse(at) / 1000 : at,
    }))
    expect(inSeconds).toEqual(events)
    expect(exported.events.map(({ eventType }) => eventType)).toEqual([
      'WorkflowExecutionStarted',
      'DecisionTaskScheduled',
      'DecisionTaskStarted',
      'DecisionTaskCompleted',
      'MarkerRecorded',
      'WorkflowExecutionCompleted',
    ])

    const other = await start({ clock: virtualClock(clock.now()) })
    await other.run('swf', 'register-domain', '--name', 'D', '--workflow-execution-retention-period-in-days', '7')
    other.server.domain('D').importHistory(execution, exported)
    expect(await other.json(...historyOf(runId))).toEqual(exported)
  })

  test('SQS by the Query protocol', async () => {
    const { run, json } = await start()
    const { QueueUrl } = await json('sqs', 'create-queue', '--queue-name', 'q', '--attributes', 'DelaySeconds=0')
    const queue = ['--queue-url', QueueUrl]
    const attributes = '{"kind":{"DataType":"String","StringValue":"a & b"}}'
    await run('sqs', 'send-message', ...queue, '--message-body', 'one <ü>', '--message-attributes', attributes)
    await run('sqs', 'send-message-batch', ...queue, '--entries', 'Id=a,MessageBody=two', 'Id=b,MessageBody=three')
    const asked = ['--max-number-of-messages', '10', '--wait-time-seconds', '1', '--message-attribute-names', 'All']
    const { Messages } = await json('sqs', 'receive-message', ...queue, ...asked)
    expect(Messages.map(({ Body }) => Body)).toEqual(['one <ü>', 'two', 'three'])
    expect(Messages[0]).toMatchObject({ MessageAttributes: { kind: { StringValue: 'a & b', DataType: 'String' } } })
    for (const { ReceiptHandle } of Messages)
      await run('sqs', 'delete-message', ...queue, '--receipt-handle', ReceiptHandle)
    const attribute = ['sqs', 'get-queue-attributes', ...queue, '--attribute-names', 'ApproximateNumberOfMessages']
    expect(await json(...attribute)).toEqual({ Attributes: { ApproximateNumberOfMessages: '0' } })
    await run('sqs', 'delete-queue', ...queue)
    await expect(run(...attribute)).rejects.toThrow(/AWS\.SimpleQueueService\.NonExistentQueue/)
  })

  test('FIFO queues, dead letters, tags and attributes by the Query protocol', async () => {
    const { run, json } = await start()
    const create = (name: string, attributes: object) =>
      json('sqs', 'create-queue', '--queue-name', name, '--attributes', JSON.stringify(attributes))
    const fifo = await create('q.fifo', { FifoQueue: 'true', ContentBasedDeduplication: 'true' })
    const queue = ['--queue-url', fifo.QueueUrl]
    for (const body of ['one', 'one', 'two'])
      await run('sqs', 'send-message', ...queue, '--message-body', body, '--message-group-id', 'g')
    const asked = ['--max-number-of-messages', '10', '--attribute-names', 'All']
    const { Messages } = await json('sqs', 'receive-message', ...queue, ...asked)
    expect(Messages).toMatchObject([
      { Body: 'one', MD5OfBody: 'f97c5d29941bfb1b2fdab0874906ab82', Attributes: { MessageGroupId: 'g' } },
      { Body: 'two', Attributes: { ApproximateReceiveCount: '1' } },
    ])

    await create('dead', {})
    const arn = 'arn:aws:sqs:us-east-1:123456789012:dead'
    const RedrivePolicy = JSON.stringify({ deadLetterTargetArn: arn, maxReceiveCount: 1 })
    const live = await create('live', { RedrivePolicy, VisibilityTimeout: '0' })
    expect(
      await json('sqs', 'get-queue-attributes', '--queue-url', live.QueueUrl, '--attribute-names', 'All'),
    ).toMatchObject({ Attributes: { RedrivePolicy, VisibilityTimeout: '0' } })
    await run('sqs', 'tag-queue', '--queue-url', live.QueueUrl, '--tags', 'team=a & b')
    expect(await json('sqs', 'list-queue-tags', '--queue-url', live.QueueUrl)).toEqual({ Tags: { team: 'a & b' } })
    await run('sqs', 'send-message', '--queue-url', live.QueueUrl, '--message-body', 'bad')
    await run('sqs', 'receive-message', '--queue-url', live.QueueUrl)
    expect(await run('sqs', 'receive-message', '--queue-url', live.QueueUrl)).toBe('')
    const dead = ['--queue-url', live.QueueUrl.replace(/live$/, 'dead')]
    expect((await json('sqs', 'receive-message', ...dead)).Messages).toMatchObject([{ Body: 'bad' }])
  })

  test('S3 notifies according to its filters, accepts a stream of unknown length, and copies', async () => {
    const { server, started, run, json } = await start()
    await run('s3', 'mb', 's3://b-1')
    const { QueueUrl } = await json('sqs', 'create-queue', '--queue-name', 'q')
    const QueueArn = 'arn:aws:sqs:us-east-1:123456789012:q'
    const statement = { Effect: 'Allow', Principal: '*', Action: 'sqs:SendMessage', Resource: QueueArn }
    const Policy = JSON.stringify({ Version: '2012-10-17', Statement: [statement] })
    await run('sqs', 'set-queue-attributes', '--queue-url', QueueUrl, '--attributes', JSON.stringify({ Policy }))
    const FilterRules = [
      { Name: 'prefix', Value: 'in/' },
      { Name: 'suffix', Value: '.zip' },
    ]
    const rule = { QueueArn, Events: ['s3:ObjectCreated:*'], Filter: { Key: { FilterRules } } }
    const bucket = ['--bucket', 'b-1', '--notification-configuration', JSON.stringify({ QueueConfigurations: [rule] })]
    await run('s3api', 'put-bucket-notification-configuration', ...bucket)
    await run('sqs', 'purge-queue', '--queue-url', QueueUrl)

    const streaming = started('s3', 'cp', '-', 's3://b-1/in/a +é.zip', '--metadata', 'one=1')
    streaming.child.stdin?.end(Buffer.alloc(9_000_000, 'abc'))
    await streaming
    await run('s3', 'cp', '--quiet', 's3://b-1/in/a +é.zip', 's3://b-1/out/a.zip')
    await run('s3', 'cp', '--quiet', 's3://b-1/in/a +é.zip', 's3://b-1/in/a.txt')
    const head = (key: string) => json('s3api', 'head-object', '--bucket', 'b-1', '--key', key)
    expect(await head('in/a +é.zip')).toMatchObject({ ContentLength: 9_000_000, Metadata: { one: '1' } })
    // Copied in parts, to which the first awscli gives no metadata.
    expect(await head('out/a.zip')).toMatchObject({ ContentLength: 9_000_000 })
    const bodies = server
      .queue('q')
      .messages()
      .map(({ body }) => body)
    expect(bodies).toEqual([expect.stringContaining('"key":"in/a+%2B%C3%A9.zip"')])
    await expect(run('s3api', 'get-bucket-versioning', '--bucket', 'b-1')).rejects.toThrow(
      /\(NotImplemented\).*versioning/,
    )
  })

  test('S3 by commands and operations, including a multipart upload and a presigned URL', async () => {
    const { run, json } = await start({ keys: { AKIAONE: 'se/cr+et' } })
    const folder = temporaryFolder()
    const [small, large, back] = ['small ü.txt', 'large.bin', 'back.bin'].map((name) => join(folder, name))
    if (small === undefined || large === undefined || back === undefined) throw new Error('no names')
    writeFileSync(small, 'hello')
    writeFileSync(large, Buffer.alloc(9_000_000, 'abc'))
    await run('s3', 'mb', 's3://b-1')
    await run('s3', 'cp', '--quiet', '--metadata', 'publication=automatic', small, 's3://b-1/a/small ü+.txt')
    await run('s3', 'cp', '--quiet', large, 's3://b-1/a/large.bin')
    await run('s3', 'cp', '--quiet', 's3://b-1/a/large.bin', back)
    expect(readFileSync(back).equals(readFileSync(large))).toBe(true)
    expect(await run('s3', 'ls', '--recursive', 's3://b-1')).toMatch(
      /9000000 a\/large\.bin\n.* 5 a\/small ü\+\.txt\n$/s,
    )
    const { Contents } = await json('s3api', 'list-objects-v2', '--bucket', 'b-1', '--prefix', 'a/')
    expect(Contents.map(({ Key }) => Key)).toEqual(['a/large.bin', 'a/small ü+.txt'])
    const object = ['--bucket', 'b-1', '--key', 'a/small ü+.txt']
    expect(await json('s3api', 'head-object', ...object)).toMatchObject({ Metadata: { publication: 'automatic' } })
    const address = (await run('s3', 'presign', 's3://b-1/a/small ü+.txt')).trim()
    expect(await (await fetch(address)).text()).toBe('hello')
    await run('s3', 'sync', '--quiet', '--delete', folder, 's3://b-1/a')
    await run('s3', 'rm', '--quiet', '--recursive', 's3://b-1')
    await run('s3', 'rb', 's3://b-1')
    expect(await run('s3', 'ls')).toBe('')
  })

  test('signatures are checked for all three services', async () => {
    const { server, run } = await start({ keys: { AKIAONE: 'se/cr+et' } })
    await run('swf', 'list-domains', '--registration-status', 'REGISTERED')
    await run('sqs', 'list-queues')
    const forged = (...args: string[]) =>
      promisify(execFile)(cli ?? '', ['--endpoint-url', server.url, ...args], {
        env: {
          PATH: process.env['PATH'],
          AWS_ACCESS_KEY_ID: 'AKIAONE',
          AWS_SECRET_ACCESS_KEY: 'guessed',
          AWS_DEFAULT_REGION: 'us-east-1',
        },
      })
    await expect(forged('sqs', 'list-queues')).rejects.toThrow(/\(SignatureDoesNotMatch\)/)
    await expect(forged('s3', 'ls')).rejects.toThrow(/\(SignatureDoesNotMatch\)/)
    await expect(forged('swf', 'list-domains', '--registration-status', 'REGISTERED')).rejects.toThrow(
      /\(InvalidSignatureException\)/,
    )
  })
})
