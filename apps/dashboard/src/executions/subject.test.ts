import { expect, test } from 'vitest'
import { subjectOf } from './subject.ts'

test.each([
  ['article-00353', [], '00353'],
  ['article-ijm-00202', [], 'ijm-00202'],
  ['article-00353.2-approval', [], '00353'],
  ['embargo-00353.2.a', [], '00353'],
  ['post-publication-ijm-00202.1.a', [], 'ijm-00202'],
  ['dismissal-00353.1.a.once', [], '00353'],
  ['deposits-00353.2.a', ['00353'], '00353'],
  ['deposit-7', ['00353', 'crossref'], '00353'],
  ['something-else', ['x'], undefined],
])('%s is about its article', (workflowId, tags, article) => {
  expect(subjectOf({ workflowId, tags })?.article).toBe(article)
})

test('version and run are those that inputs name, of the article alone', () => {
  const inputs = [
    '{"article_id":"00353","run":"a"}',
    '{"articleId":"00353","version":0,"run":"a"}',
    '{"articleId":"00353","version":2,"run":"a"}',
    '{"articleId":"other","version":9,"run":"z"}',
    undefined,
    'no JSON',
  ]
  expect(subjectOf({ workflowId: 'article-00353', tags: [] }, inputs)).toEqual({
    article: '00353',
    version: 2,
    run: 'a',
  })
})
