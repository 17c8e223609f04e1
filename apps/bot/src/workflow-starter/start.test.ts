import { encodeMessage, UnreadableMessageError } from '@continuum/messages'
import { describe, expect, test } from 'vitest'
import { journal } from '@continuum/package/testing'
import { readStart, type Start } from './start.ts'

const sentAt = Temporal.Instant.from('2016-07-28T16:15:00Z')
const delivery = {
  event_name: 'ObjectCreated:Put',
  event_time: '2016-07-28T16:14:27.809Z',
  bucket_name: 'production',
  file_name: 'journal-7-vor-r1.zip',
  file_etag: 'e7f6',
  file_size: 3,
}
const approval = { article_id: '00007', version: '1', run: 'r-1', publication_data: 'e30=' }
const followOn = {
  article_id: '00007',
  version: 2,
  run: 'r-1',
  expanded_folder: '00007.2/r-1',
  status: 'vor',
  update_date: '2012-12-13T00:00:00Z',
  eif_location: 'x',
}

function read(workflow_name: string, workflow_data: object, more: object = {}): Start {
  const body = encodeMessage({ workflow_name, workflow_data, ...more })
  return readStart({ body, messageId: 'm-1', sentAt }, [journal])
}

describe('a start', () => {
  test('of a delivery has the id of its article, in its canonical form, and the run of its object', () => {
    const start = read('PublishPerfectArticle', delivery)
    expect(start).toMatchObject({ workflowId: 'article-00007', subject: { articleId: '00007', version: 0 } })
    expect(start.once).toBe(start.subject.run)
    expect(start.since.toString()).toBe('2016-07-28T16:14:27.809Z')
    expect(read('PublishPerfectArticle', delivery).once).toBe(start.once)
    expect(read('PublishPerfectArticle', { ...delivery, event_time: '2016-07-28T16:14:28Z' }).once).not.toBe(start.once)
  })

  test('of an approval by a person may not run beside a delivery of the article', () => {
    const start = read('ApproveArticlePublication', approval)
    expect(start).toMatchObject({ workflowId: 'article-00007', subject: { version: 1, run: 'r-1' }, once: 'm-1' })
  })

  test('of an approval may be of a journal whose ids begin with its prefix', () => {
    const start = read('ApproveArticlePublication', { ...approval, article_id: 'ijm-00202' })
    expect(start).toMatchObject({ workflowId: 'article-ijm-00202', subject: { articleId: 'ijm-00202' } })
  })

  test('of an approval by rule runs beside the delivery that waits for it', () => {
    const start = read('ApproveArticlePublication', { ...approval, held_by: 'article-00007' })
    expect(start.workflowId).toBe('article-00007.1-approval')
  })

  test('of a withdrawal, or its end, may not run beside a delivery or publication of the article', () => {
    const data = { article_id: '00007', version: 1, run: 'r-1', who: 'ada', why: 'an error' }
    for (const name of ['WithdrawArticle', 'ReinstateArticle'])
      expect(read(name, data)).toMatchObject({ workflowId: 'article-00007', subject: { version: 1, run: 'r-1' } })
    const { why: _, ...without } = data
    expect(() => read('WithdrawArticle', without)).toThrow('why')
  })

  test('of what follows a publication has an id of its own run', () => {
    expect(read('PostPerfectPublication', followOn).workflowId).toBe('post-publication-00007.2.r-1')
  })

  test('of a second dismissal waits for no first one: that it waits would be news of the run, which brings it back', () => {
    const dismissal = { article_id: '00007', version: 1, run: 'r-1' }
    const [first, second] = ['b-1', 'b-2'].map((request) => read('DismissArticleRun', dismissal, { request }))
    expect(first?.workflowId).toBe('dismissal-00007.1.r-1.b-1')
    expect(second?.workflowId).not.toBe(first?.workflowId)
  })

  test('18.3: of what a step requests is the same however often its message is sent; another run is another', () => {
    const once = (name: string, data: object, messageId: string) =>
      readStart({ body: encodeMessage({ workflow_name: name, workflow_data: { ...data } }), messageId, sentAt }, [
        journal,
      ]).once
    const byRule = { ...approval, held_by: 'article-00007' }
    for (const [name, data] of [
      ['PostPerfectPublication', followOn],
      ['ApproveArticlePublication', byRule],
    ] as const) {
      expect(once(name, data, 'm-1')).toBe(once(name, data, 'm-2'))
      expect(once(name, data, 'm-1')).not.toBe(once(name, { ...data, run: 'r-2' }, 'm-1'))
      expect(once(name, data, 'm-1')).not.toBe(once(name, { ...data, version: 3 }, 'm-1'))
    }
  })

  test('18.3: of a request that the dashboard sends twice is the same; a new request of the same run is another', () => {
    const first = read('ApproveArticlePublication', approval, { request: 'batch-1' })
    expect(first.once).toBe('batch-1')
    expect(read('ApproveArticlePublication', approval, { request: 'batch-2' }).once).not.toBe(first.once)
    expect(() => read('ApproveArticlePublication', approval, { request: 'a b' })).toThrow(UnreadableMessageError)
  })

  test('may say how long it may last', () => {
    expect(read('PublishPerfectArticle', delivery, { execution_start_to_close_timeout: '1800' }).timeout).toBe('1800s')
    expect(read('PublishPerfectArticle', delivery).timeout).toBe('7d')
  })
})

test.each([
  ['an unknown workflow', () => read('Format', {}), 'There is no workflow "Format"'],
  ['missing data', () => read('PublishPerfectArticle', { ...delivery, event_time: undefined }), 'event_time'],
  [
    'a name that is none of a package',
    () => read('PublishPerfectArticle', { ...delivery, file_name: 'a.zip' }),
    'a.zip',
  ],
  [
    'an article id that is not one',
    () => read('ApproveArticlePublication', { ...approval, article_id: '../x' }),
    '../x',
  ],
  ['a run that is none', () => read('PostPerfectPublication', { ...followOn, run: 'a/../b' }), 'a/../b'],
  [
    'a time-out that is none',
    () => read('PostPerfectPublication', followOn, { execution_start_to_close_timeout: 'NONE' }),
    'NONE',
  ],
])('%s is refused, with the reason', (_, reading, reason) => {
  expect(reading).toThrow(expect.objectContaining({ retry: false, message: expect.stringContaining(reason) }))
})
