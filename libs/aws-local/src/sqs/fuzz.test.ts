// Any request gets an answer of SQS: a client error never becomes an internal failure.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { operations } from './operations.ts'
import { startSqs } from '../testing/internal/sqs-server.ts'

const names = [
  'QueueName',
  'QueueUrl',
  'Attributes',
  'AttributeNames',
  'MessageBody',
  'MessageAttributes',
  'DelaySeconds',
  'Entries',
  'ReceiptHandle',
  'VisibilityTimeout',
  'MaxNumberOfMessages',
  'MessageAttributeNames',
  'tags',
  'Tags',
  'TagKeys',
  'SourceArn',
  'MessageGroupId',
  'NextToken',
  'MaxResults',
]
const url = 'http://127.0.0.1/123456789012/q'
const member = fc.oneof(
  { arbitrary: fc.constant(url), weight: 3 },
  fc.constantFrom('q', 'MSAxIDEgeA==', 'arn:aws:sqs:us-east-1:123456789012:q', null, -1, 1.5, 1e30),
  fc.constantFrom(
    { VisibilityTimeout: '1' },
    { a: { DataType: 'String', StringValue: 'x' } },
    [{ Id: 'a', MessageBody: 'm' }],
    ['All'],
  ),
  fc.jsonValue({ maxDepth: 2 }),
)
const input = fc.dictionary(fc.constantFrom(...names), member, { maxKeys: 5 })

test('any input of any operation is answered with a result or an error of SQS', async () => {
  const { server, queue } = await startSqs()
  await queue('q')
  const headers = (operation: string) => ({
    'content-type': 'application/x-amz-json-1.0',
    'x-amz-target': `AmazonSQS.${operation}`,
    authorization: 'AWS4-HMAC-SHA256 any',
  })
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...operations.keys(), 'Nothing'), input, async (operation, members) => {
      const given = JSON.stringify({ QueueUrl: url, ...members, WaitTimeSeconds: 0 })
      const reply = await fetch(server.url, { method: 'POST', headers: headers(operation), body: given })
      const answer = await reply.text()
      expect([200, 400]).toContain(reply.status)
      expect(answer.startsWith('{"__type":"com.amazonaws.sqs#')).toBe(reply.status === 400)
    }),
    { numRuns: 300 },
  )
})
