// The protocol of boto3 and awscli until 2023, byte for byte as they send it.
import { expect, onTestFinished, test } from 'vitest'
import { startAwsLocal } from '../index.ts'

async function start() {
  const server = await startAwsLocal()
  onTestFinished(() => server.close())
  return async (path: string, fields: Record<string, string>) => {
    const reply = await fetch(server.url + path, {
      method: 'POST',
      headers: {
        'content-type': 'application/x-www-form-urlencoded; charset=utf-8',
        authorization: 'AWS4-HMAC-SHA256 Credential=local/20160802/us-east-1/sqs/aws4_request',
      },
      body: new URLSearchParams({ Version: '2012-11-05', ...fields }).toString(),
    })
    return { status: reply.status, xml: await reply.text() }
  }
}

const first = (xml: string, element: string) => new RegExp(`<${element}>(.*?)</${element}>`, 's').exec(xml)?.[1]

test('the life of a message', async () => {
  const call = await start()
  const made = await call('/', {
    Action: 'CreateQueue',
    QueueName: 'q',
    'Attribute.1.Name': 'VisibilityTimeout',
    'Attribute.1.Value': '60',
  })
  expect(made.xml).toContain('<CreateQueueResponse xmlns="http://queue.amazonaws.com/doc/2012-11-05/">')
  const queue = new URL(first(made.xml, 'QueueUrl') ?? '').pathname
  const sent = await call(queue, {
    Action: 'SendMessage',
    MessageBody: 'a < b & "c"',
    'MessageAttribute.1.Name': 'n',
    'MessageAttribute.1.Value.DataType': 'Number',
    'MessageAttribute.1.Value.StringValue': '7',
  })
  expect(first(sent.xml, 'MD5OfMessageBody')).toMatch(/^[0-9a-f]{32}$/)
  const received = await call(queue, {
    Action: 'ReceiveMessage',
    MaxNumberOfMessages: '10',
    'AttributeName.1': 'ApproximateReceiveCount',
    'MessageAttributeName.1': 'All',
  })
  expect(received.xml).toContain('<Body>a &lt; b &amp; &quot;c&quot;</Body>')
  expect(received.xml).toContain('<Attribute><Name>ApproximateReceiveCount</Name><Value>1</Value></Attribute>')
  expect(received.xml).toContain(
    '<MessageAttribute><Name>n</Name><Value><DataType>Number</DataType><StringValue>7</StringValue></Value></MessageAttribute>',
  )
  const removed = await call(queue, {
    Action: 'DeleteMessage',
    ReceiptHandle: first(received.xml, 'ReceiptHandle') ?? '',
  })
  expect(removed.xml).toContain('<DeleteMessageResponse')
  const all = await call(queue, { Action: 'GetQueueAttributes', 'AttributeName.1': 'All' })
  expect(all.xml).toContain('<Attribute><Name>VisibilityTimeout</Name><Value>60</Value></Attribute>')
  expect(all.xml).toContain('<Attribute><Name>ApproximateNumberOfMessages</Name><Value>0</Value></Attribute>')
})

test('an operation with a result element has it even if empty: old botocore looks for it', async () => {
  const call = await start()
  expect((await call('/', { Action: 'ListQueues' })).xml).toContain('<ListQueuesResult></ListQueuesResult>')
  const made = await call('/', { Action: 'CreateQueue', QueueName: 'q' })
  const queue = new URL(first(made.xml, 'QueueUrl') ?? '').pathname
  for (const Action of ['ReceiveMessage', 'ListQueueTags', 'ListDeadLetterSourceQueues', 'GetQueueAttributes'])
    expect((await call(queue, { Action })).xml).toContain(`<${Action}Result></${Action}Result>`)
  expect((await call(queue, { Action: 'PurgeQueue' })).xml).not.toContain('PurgeQueueResult')
})

test('batches name their entries', async () => {
  const call = await start()
  await call('/', { Action: 'CreateQueue', QueueName: 'q' })
  const { xml } = await call('/123456789012/q', {
    Action: 'SendMessageBatch',
    'SendMessageBatchRequestEntry.1.Id': 'a',
    'SendMessageBatchRequestEntry.1.MessageBody': 'x',
    'SendMessageBatchRequestEntry.2.Id': 'b',
    'SendMessageBatchRequestEntry.2.MessageBody': 'x',
    'SendMessageBatchRequestEntry.2.DelaySeconds': '901',
  })
  expect(xml).toMatch(/<SendMessageBatchResultEntry><Id>a<\/Id>/)
  expect(xml).toMatch(
    /<BatchResultErrorEntry><Id>b<\/Id><SenderFault>true<\/SenderFault><Code>InvalidParameterValue<\/Code>/,
  )
})

test('errors have the codes of the Query protocol', async () => {
  const call = await start()
  const missing = await call('/', { Action: 'GetQueueUrl', QueueName: 'none' })
  expect([missing.status, first(missing.xml, 'Code')]).toEqual([400, 'AWS.SimpleQueueService.NonExistentQueue'])
  const unknown = await call('/', { Action: 'AddPermission' })
  expect([unknown.status, first(unknown.xml, 'Code')]).toEqual([400, 'AWS.SimpleQueueService.UnsupportedOperation'])
  expect(first(unknown.xml, 'Message')).toContain('AddPermission')
})

test('boto 2 asks by GET, with the call in the query', async () => {
  const server = await startAwsLocal()
  onTestFinished(() => server.close())
  const headers = { authorization: 'AWS4-HMAC-SHA256 Credential=local/20160802/us-east-1/sqs/aws4_request' }
  const call = async (path: string, fields: Record<string, string>) => {
    const query = new URLSearchParams({ Version: '2012-11-05', ...fields }).toString()
    const reply = await fetch(`${server.url}${path}?${query}`, { headers })
    return { status: reply.status, xml: await reply.text() }
  }
  const made = await call('/', { Action: 'CreateQueue', QueueName: 'q' })
  const queue = new URL(first(made.xml, 'QueueUrl') ?? '').pathname
  await call(queue, { Action: 'SendMessage', MessageBody: 'a & b' })
  expect((await call(queue, { Action: 'ReceiveMessage' })).xml).toContain('<Body>a &amp; b</Body>')
  expect(await call('/', { Action: 'Nothing' })).toMatchObject({ status: 400 })
})

test('an object whose key reads like a call is still an object', async () => {
  const server = await startAwsLocal()
  onTestFinished(() => server.close())
  const reply = await fetch(`${server.url}/b/Action=ListQueues&Version=2012-11-05`)
  expect(await reply.text()).not.toContain('ListQueuesResponse')
  expect(reply.headers.get('x-amz-request-id')).not.toBeNull()
})
