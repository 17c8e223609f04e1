import { expect, test } from 'vitest'
import { allowsAnonymous, parsePolicy } from './policy.ts'

const statement = (more: object) => ({
  Effect: 'Allow',
  Principal: '*',
  Action: 's3:GetObject',
  Resource: 'arn:aws:s3:::cdn/*',
  ...more,
})
const policy = (...statements: object[]) => JSON.stringify({ Version: '2012-10-17', Statement: statements })
const allows = (document: string, key = 'a/b.jpg') =>
  allowsAnonymous(document, 'cdn', 's3:GetObject', `arn:aws:s3:::cdn/${key}`)

test.each([
  ['everyone', policy(statement({})), true],
  ['every AWS principal', policy(statement({ Principal: { AWS: ['*'] } })), true],
  ['any action', policy(statement({ Action: ['s3:Get*', 's3:PutObject'] })), true],
  ['an action in small letters', policy(statement({ Action: 's3:getobject' })), true],
  ['one key', policy(statement({ Resource: 'arn:aws:s3:::cdn/a/?.jpg' })), true],
  ['one account', policy(statement({ Principal: { AWS: 'arn:aws:iam::123456789012:root' } })), false],
  ['another action', policy(statement({ Action: 's3:ListBucket' })), false],
  ['another key', policy(statement({ Resource: 'arn:aws:s3:::cdn/A/*' })), false],
  ['the bucket but not its objects', policy(statement({ Resource: 'arn:aws:s3:::cdn' })), false],
  ['a condition', policy(statement({ Condition: { Bool: { 'aws:SecureTransport': 'true' } } })), false],
  ['a denial beside', policy(statement({}), statement({ Effect: 'Deny', Resource: 'arn:aws:s3:::cdn/a/*' })), false],
  [
    'a denial of what comes without TLS, which nothing here does',
    policy(
      statement({}),
      statement({ Effect: 'Deny', Action: 's3:*', Condition: { Bool: { 'aws:SecureTransport': 'false' } } }),
    ),
    true,
  ],
  [
    'a denial under another condition',
    policy(
      statement({}),
      statement({ Effect: 'Deny', Condition: { Bool: { 'aws:SecureTransport': 'false' }, IpAddress: {} } }),
    ),
    false,
  ],
  [
    'a denial of all but one action',
    policy(statement({}), statement({ Effect: 'Deny', Action: undefined, NotAction: 's3:PutObject' })),
    false,
  ],
  ['a denial of others', policy(statement({}), statement({ Effect: 'Deny', Resource: 'arn:aws:s3:::cdn/b/*' })), true],
])('a policy for %s', (_, document, expected) => {
  expect(allows(document)).toBe(expected)
})

test('no policy allows nothing', () => {
  expect(allowsAnonymous(undefined, 'cdn', 's3:GetObject', 'arn:aws:s3:::cdn/a')).toBe(false)
})

test.each([
  ['no JSON', '<xml/>'],
  ['no statement', '{}'],
  ['no effect', policy({ ...statement({}), Effect: 'Maybe' })],
  ['no principal', policy({ Effect: 'Allow', Action: '*', Resource: 'arn:aws:s3:::cdn' })],
  ['another bucket', policy(statement({ Resource: 'arn:aws:s3:::other/*' }))],
])('a policy with %s is refused', (_, document) => {
  expect(() => parsePolicy(document, 'cdn')).toThrow(expect.objectContaining({ code: 'MalformedPolicy' }))
})
