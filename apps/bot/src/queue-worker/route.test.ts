import { namesOf } from '@continuum/aws-resources'
import { expect, test } from 'vitest'
import { journal } from '@continuum/package/testing'
import { routeNotification, type Routed } from './route.ts'
import { deliveryRules, workflowFor } from './rules.ts'

const names = namesOf({ prefix: 'test-', organisation: 'continuum' })
const rules = deliveryRules(names)

function record(key: string, { bucket = names.buckets.production, eventName = 'ObjectCreated:Put' } = {}) {
  const object = { key, size: 3, eTag: 'e7f6', sequencer: '1' }
  return {
    eventVersion: '2.0',
    eventName,
    eventTime: '2016-07-28T16:14:27.809Z',
    s3: { bucket: { name: bucket }, object },
  }
}

const route = (...records: unknown[]): Routed[] =>
  routeNotification(JSON.stringify({ Records: records }), rules, [journal])

test('a package starts the workflow of its bucket', () => {
  expect(route(record('in/journal-00007-vor-r1.zip'))).toEqual([
    {
      start: {
        workflow_name: 'PublishPerfectArticle',
        workflow_data: {
          event_name: 'ObjectCreated:Put',
          event_time: '2016-07-28T16:14:27.809Z',
          bucket_name: names.buckets.production,
          file_name: 'in/journal-00007-vor-r1.zip',
          file_etag: 'e7f6',
          file_size: 3,
        },
      },
    },
  ])
})

test('every record counts, and one that is not understood holds up no other', () => {
  const routed = route(
    record('journal-00007-vor-r1.zip'),
    record('notes.txt'),
    { junk: true },
    record('journal-00008-poa.zip'),
  )
  expect(routed.map((each) => ('start' in each ? each.start.workflow_data['file_name'] : 'rejected'))).toEqual([
    'journal-00007-vor-r1.zip',
    'rejected',
    'rejected',
    'journal-00008-poa.zip',
  ])
})

test('what is rejected can be put back without repeating the others', () => {
  const [, rejected] = route(record('journal-00007-vor-r1.zip'), record('other-00008-vor.zip'))
  expect(rejected).toEqual({
    rejected: {
      raw: JSON.stringify({ Records: [record('other-00008-vor.zip')] }),
      reason: expect.stringContaining('"other-00008-vor.zip" is not the name of an article package'),
    },
  })
})

test('keys are decoded once', () => {
  const [routed] = route(record('journal-00007-vor-r1+%281%29.zip'))
  expect(routed).toMatchObject({ rejected: { reason: expect.stringContaining('journal-00007-vor-r1 (1).zip') } })
})

test.each([
  ['another bucket', record('journal-00007-vor-r1.zip', { bucket: `x${names.buckets.production}` })],
  [
    'a bucket whose name only begins so',
    record('journal-00007-vor-r1.zip', { bucket: `${names.buckets.production}-2` }),
  ],
  ['a key that only begins so', record('journal-00007-vor-r1.zip.bak')],
  ['something other than a new object', record('journal-00007-vor-r1.zip', { eventName: 'ObjectRemoved:Delete' })],
])('%s matches no rule', (_, one) => {
  expect(route(one)).toMatchObject([{ rejected: { reason: expect.stringContaining('No rule matches') } }])
})

test('an extension in the wrong case is rejected with what is wrong with it', () => {
  expect(route(record('journal-00007-vor-r1.ZIP'))).toMatchObject([
    { rejected: { reason: expect.stringContaining('in lower case') } },
  ])
})

test("S3's test message leads to nothing", () => {
  expect(routeNotification(JSON.stringify({ Event: 's3:TestEvent', Bucket: 'b' }), rules, [journal])).toEqual([])
})

test('a body that is not a notification is rejected as it came', () => {
  expect(routeNotification('hello', rules, [journal])).toMatchObject([{ rejected: { raw: 'hello' } }])
  expect(routeNotification('{"a":1}', rules, [journal])).toMatchObject([{ rejected: { raw: '{"a":1}' } }])
})

test('the first rule that matches counts', () => {
  const two = [
    { bucket: /^a$/, key: /^x.*$/, workflow: 'One' },
    { bucket: /^a$/, key: /^.*$/, workflow: 'Two' },
  ]
  expect([workflowFor(two, 'a', 'xy'), workflowFor(two, 'a', 'y'), workflowFor(two, 'b', 'y')]).toEqual([
    'One',
    'Two',
    undefined,
  ])
})
