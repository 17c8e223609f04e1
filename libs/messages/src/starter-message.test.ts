import * as fc from 'fast-check'
import { Value } from 'typebox/value'
import { expect, test } from 'vitest'
import {
  ApprovalData,
  decodePublicationData,
  DeliveryData,
  encodePublicationData,
  FollowOnData,
  readStarterMessage,
} from './starter-message.ts'
import { UnreadableMessageError } from './unreadable.ts'

const followOn = {
  workflow_name: 'PostPerfectPublication',
  workflow_data: {
    article_id: '00353',
    version: '1',
    run: 'bb2d37b8-e73c-43b3-a092-d555753316af',
    expanded_folder: '00353.1/bb2d37b8-e73c-43b3-a092-d555753316af',
    status: 'vor',
    update_date: '2012-12-13T00:00:00Z',
    eif_location: '00353.1/bb2d37b8-e73c-43b3-a092-d555753316af/elife-00353-v1.json',
  },
}

test('publication data reads back, with the line breaks that 2016 senders wrote', () => {
  const text = encodePublicationData(followOn)
  expect(decodePublicationData(text)).toEqual(followOn)
  expect(decodePublicationData(text.replaceAll(/(.{76})/g, '$1\n') + '\n')).toEqual(followOn)
  expect(Value.Check(FollowOnData, decodePublicationData(text).workflow_data)).toBe(true)
})

test('any workflow data reads back from publication data', () => {
  fc.assert(
    fc.property(fc.dictionary(fc.string(), fc.oneof(fc.string({ unit: 'grapheme' }), fc.integer())), (data) => {
      const message = { workflow_name: 'PostPerfectPublication', workflow_data: JSON.parse(JSON.stringify(data)) }
      expect(decodePublicationData(encodePublicationData(message))).toEqual(message)
    }),
  )
})

test.each(['', ' \n', 'e30=', 'not base64', '{"workflow_data":{}}'])('%j is no publication data', (text) => {
  expect(() => decodePublicationData(text)).toThrow(UnreadableMessageError)
})

test('a starter message without data has empty data; with a time-out it keeps it', () => {
  expect(readStarterMessage('{"workflow_name":"Ping"}')).toEqual({ workflow_name: 'Ping', workflow_data: {} })
  const body = { workflow_name: 'Ping', workflow_data: { a: 1 }, execution_start_to_close_timeout: '300' }
  expect(readStarterMessage(JSON.stringify(body))).toEqual(body)
})

test('the reason says which field is wrong', () => {
  expect(() => readStarterMessage('{"workflow_name":7,"workflow_data":{}}')).toThrow(/workflow_name must be string/)
})

test('a delivery needs all six keys, and its entity tag may be null', () => {
  const delivery = {
    event_name: 'ObjectCreated:Put',
    event_time: '2016-07-28T16:14:27.809576Z',
    bucket_name: 'elife-production-final',
    file_name: 'elife-00353-vor-r1.zip',
    file_etag: null,
    file_size: 1097506,
  }
  expect(Value.Check(DeliveryData, delivery)).toBe(true)
  for (const key of Object.keys(delivery)) {
    const { [key]: _, ...rest } = Object.fromEntries(Object.entries(delivery))
    expect(Value.Check(DeliveryData, rest)).toBe(false)
  }
})

test('an approval names its version as text or as a number', () => {
  const approval = { article_id: '00353', run: 'r', publication_data: 'x' }
  expect(Value.Check(ApprovalData, { ...approval, version: '3' })).toBe(true)
  expect(Value.Check(ApprovalData, { ...approval, version: 3 })).toBe(true)
  expect(Value.Check(ApprovalData, { ...approval, version: 'three' })).toBe(false)
})
