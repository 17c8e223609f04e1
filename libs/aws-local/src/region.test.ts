import { CreateBucketCommand, PutBucketNotificationConfigurationCommand, S3Client } from '@aws-sdk/client-s3'
import {
  CreateQueueCommand,
  GetQueueAttributesCommand,
  ListQueuesCommand,
  ReceiveMessageCommand,
  SendMessageCommand,
  SQSClient,
} from '@aws-sdk/client-sqs'
import { SWF } from '@aws-sdk/client-swf'
import { expect, onTestFinished, test } from 'vitest'
import { startAwsLocal, type AwsLocalOptions } from './index.ts'
import { notifiable } from './testing/internal/s3-server.ts'
import { deciding, domain, errorOf, registerTypes, timer, workflowType } from './testing/internal/swf-client.ts'
import { temporaryFolder } from './testing/internal/process.ts'
import { virtualClock } from './time/virtual-clock.ts'

/** As on AWS, the scope of the credentials names the region of a request. */

const credentials = { accessKeyId: 'local', secretAccessKey: 'local' }

async function start(options: AwsLocalOptions = {}) {
  const aws = await startAwsLocal(options)
  onTestFinished(() => aws.close())
  const inRegion = (region: string) => {
    const settings = { endpoint: aws.url, region, credentials, maxAttempts: 1 }
    const clients = { swf: new SWF(settings), sqs: new SQSClient(settings), s3: new S3Client(settings) }
    onTestFinished(() => Object.values(clients).forEach((client) => client.destroy()))
    return clients
  }
  return { aws, us: inRegion('us-east-1'), eu: inRegion('eu-west-1'), inRegion }
}

test('a domain, its types and its executions are in one region', async () => {
  const { aws, us, eu } = await start()
  await registerTypes(us.swf)
  expect(await errorOf(eu.swf.describeDomain({ name: domain }))).toMatchObject({ message: 'Unknown domain: Publish' })
  expect((await eu.swf.listDomains({ registrationStatus: 'REGISTERED' })).domainInfos).toEqual([])
  await registerTypes(eu.swf)
  const arns = await Promise.all(
    [us, eu].map(async ({ swf }) => (await swf.describeDomain({ name: domain })).domainInfo?.arn),
  )
  expect(arns).toEqual(['us-east-1', 'eu-west-1'].map((region) => `arn:aws:swf:${region}:123456789012:/domain/Publish`))

  const american = deciding(us.swf)
  const execution = await american.start('same id')
  const european = await deciding(eu.swf).start('same id')
  expect(european.runId).not.toBe(execution.runId)
  const described = await errorOf(eu.swf.describeWorkflowExecution({ domain, execution }))
  expect(described.message).toMatch(/^Unknown execution: WorkflowExecution=\[workflowId=same id, runId=/)
  const { taskToken } = await american.decisionTask()
  const answered = await errorOf(eu.swf.respondDecisionTaskCompleted({ taskToken }))
  expect(answered.name).toBe('UnknownResourceFault')
  await us.swf.respondDecisionTaskCompleted({ taskToken })
  await us.swf.deprecateWorkflowType({ domain, workflowType })
  expect((await eu.swf.describeWorkflowType({ domain, workflowType })).typeInfo?.status).toBe('REGISTERED')
  expect(
    aws
      .domain(domain, 'eu-west-1')
      .executions()
      .map(({ runId }) => runId),
  ).toEqual([european.runId])
})

test('a queue is in one region, whatever its URL', async () => {
  const { aws, us, eu } = await start()
  const { QueueUrl } = await us.sqs.send(new CreateQueueCommand({ QueueName: 'q' }))
  await us.sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: 'american' }))
  const unknown = await errorOf(eu.sqs.send(new ReceiveMessageCommand({ QueueUrl })))
  expect(unknown.name).toMatch(/QueueDoesNotExist|NonExistentQueue/)
  expect((await eu.sqs.send(new ListQueuesCommand({}))).QueueUrls).toBeUndefined()
  await eu.sqs.send(new CreateQueueCommand({ QueueName: 'q', Attributes: { DelaySeconds: '5' } }))
  const { Attributes } = await eu.sqs.send(new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['All'] }))
  expect(Attributes).toMatchObject({
    QueueArn: 'arn:aws:sqs:eu-west-1:123456789012:q',
    ApproximateNumberOfMessages: '0',
  })
  expect(aws.queue('q').messages()).toMatchObject([{ body: 'american' }])
})

test('a bucket notifies only queues of its region, which its events name', async () => {
  const { us, eu } = await start()
  const arn = (region: string) => `arn:aws:sqs:${region}:123456789012:q`
  for (const { sqs, region } of [
    { ...us, region: 'us-east-1' },
    { ...eu, region: 'eu-west-1' },
  ])
    await sqs.send(new CreateQueueCommand({ QueueName: 'q', Attributes: { Policy: notifiable(arn(region)) } }))
  await eu.s3.send(new CreateBucketCommand({ Bucket: 'b-eu' }))
  const notify = (QueueArn: string) =>
    eu.s3.send(
      new PutBucketNotificationConfigurationCommand({
        Bucket: 'b-eu',
        NotificationConfiguration: { QueueConfigurations: [{ QueueArn, Events: ['s3:ObjectCreated:*'] }] },
      }),
    )
  expect(await errorOf(notify(arn('us-east-1')))).toEqual({
    name: 'InvalidArgument',
    message: 'The notification destination service region is not valid for the bucket location constraint',
  })
  await notify(arn('eu-west-1'))
})

test('a request that names no region goes to the one that the server was started with', async () => {
  const { aws, eu } = await start({ region: 'eu-west-1' })
  await registerTypes(eu.swf)
  const headers = { authorization: 'any', 'x-amz-target': 'SimpleWorkflowService.DescribeDomain' }
  const reply = await fetch(aws.url, { method: 'POST', headers, body: JSON.stringify({ name: domain }) })
  expect(await reply.json()).toMatchObject({
    domainInfo: { arn: 'arn:aws:swf:eu-west-1:123456789012:/domain/Publish' },
  })
  expect(aws.domain(domain).time.state().virtual).toBe(false)
})

test('after a restart, due timers and timeouts run in every region', async () => {
  const data = temporaryFolder()
  const before = await start({ data, clock: virtualClock(0) })
  await registerTypes(before.eu.swf)
  const { start: begin, decide } = deciding(before.eu.swf)
  await begin('w')
  await decide(timer('t', '60'))
  await before.aws.close()

  const clock = virtualClock(0)
  const { aws } = await start({ data, clock })
  clock.advance(60_000)
  expect(aws.domain(domain, 'eu-west-1').execution('w')?.events.at(-2)).toMatchObject({
    type: 'TimerFired',
    at: 60_000,
  })
})
