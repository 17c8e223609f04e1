import { expect, test } from 'vitest'
import { allowsSending } from './model/queue-policy.ts'

const queue = 'arn:aws:sqs:us-east-1:1:q'
const sender = { service: 's3.amazonaws.com', arn: 'arn:aws:s3:::b-1', account: '1' }
const statement = {
  Effect: 'Allow',
  Principal: { Service: 's3.amazonaws.com' },
  Action: 'sqs:SendMessage',
  Resource: queue,
}
const lets = (...Statement: object[]) =>
  allowsSending(JSON.stringify({ Version: '2012-10-17', Statement }), queue, sender)

test('without a policy, or with an empty one, no service may send', () => {
  expect(allowsSending(undefined, queue, sender)).toBe(false)
  expect(allowsSending('', queue, sender)).toBe(false)
  expect(lets()).toBe(false)
})

test('a statement allows the service, in any spelling', () => {
  for (const more of [
    {},
    { Principal: '*' },
    { Principal: { AWS: ['*'] } },
    { Action: 'SQS:*' },
    { Action: ['sqs:ReceiveMessage', 'SQS:SendMessage'], Resource: ['arn:aws:sqs:*:1:?'] },
    {
      Condition: {
        ArnLike: { 'aws:SourceArn': 'arn:aws:s3:*:*:b-*' },
        StringEquals: { 'AWS:SourceAccount': ['2', '1'] },
      },
    },
  ])
    expect(lets({ ...statement, ...more })).toBe(true)
  expect(allowsSending(JSON.stringify({ Statement: statement }), queue, sender)).toBe(true)
})

test('nothing else does', () => {
  for (const more of [
    { Principal: { Service: 'sns.amazonaws.com' } },
    { Action: 'sqs:ReceiveMessage' },
    { Resource: `${queue}2` },
    { Condition: { ArnEquals: { 'aws:SourceArn': 'arn:aws:s3:::b-2' } } },
    { Condition: { StringEquals: { 'aws:SourceAccount': '2' } } },
    { Condition: { Bool: { 'aws:SecureTransport': 'true' } } },
    { Condition: { StringEquals: { 'aws:PrincipalOrgID': 'o' } } },
  ])
    expect(lets({ ...statement, ...more })).toBe(false)
  expect(lets(statement, { ...statement, Effect: 'Deny' })).toBe(false)
})
