import { describe, expect, test } from 'vitest'
import type { ArticleState, StoredContent } from './article-state.ts'
import { decidePublish, type Publish } from './publish-rules.ts'

const instant = (text: string) => Temporal.Instant.from(text)
const now = instant('2016-10-05T12:30:45.678Z')
const nowInSeconds = instant('2016-10-05T12:30:45Z')
const [given, date, explicit] = [
  instant('2012-12-13T00:00:00Z'),
  instant('2013-01-01T00:00:00Z'),
  instant('2014-01-01T00:00:00Z'),
]

function content(
  version: number,
  stage: StoredContent['stage'],
  run: string,
  more: Partial<StoredContent> = {},
): StoredContent {
  const shared = { version, stage, run, status: 'vor', fingerprint: 'f', given, updated: given } as const
  return { ...shared, ...(stage === 'published' && { date }), ...more }
}
function wish(version: number, run: string | undefined, more: Partial<Publish> = {}): Publish {
  return { article: '00353', version, run, force: false, ...more }
}
function withoutGiven(dated: StoredContent): StoredContent {
  const { given: left, ...rest } = dated
  return left ? rest : dated
}

describe('publish is refused', () => {
  const held = [content(1, 'published', 'a'), content(1, 'preview', 'b')]
  test.for<[rule: string, ArticleState, Publish, code: string, message: string | RegExp]>([
    [
      'nothing was ingested',
      [],
      wish(1, 'a'),
      'record-not-found',
      "refusing to publish an article '00353v1' that doesn't exist",
    ],
    [
      'another run has replaced what was approved',
      [content(1, 'preview', 'b')],
      wish(1, 'a'),
      'superseded',
      /run a.*run b/,
    ],
    [
      'another run was published',
      [content(1, 'published', 'b')],
      wish(1, 'a', { force: true }),
      'superseded',
      /run a.*run b/,
    ],
    ['another correction is held', held, wish(1, 'c', { force: true }), 'superseded', /run c.*run b/],
    [
      'a held correction is not forced',
      held,
      wish(1, 'b'),
      'already-published',
      'refusing to publish an already published article version',
    ],
    [
      'no run is named and it is public',
      [content(1, 'published', 'a')],
      wish(1, undefined),
      'already-published',
      'refusing to publish an already published article version',
    ],
    [
      'no run is named and a correction is held without force',
      held,
      wish(1, undefined),
      'already-published',
      'refusing to publish an already published article version',
    ],
    [
      'version 1 has no date',
      [withoutGiven(content(1, 'preview', 'a'))],
      wish(1, 'a'),
      'error-parsing-article-json',
      "found 'published' value in article-json, but it's either null or unparsable as a date+time",
    ],
  ])('where %s', ([, state, publish, code, message]) => {
    expect(() => decidePublish(state, publish, now)).toThrow(
      expect.objectContaining({ code, message: message instanceof RegExp ? expect.stringMatching(message) : message }),
    )
  })
})

describe('publish is accepted', () => {
  const first = content(1, 'published', 'first')
  test.for<[rule: string, ArticleState, Publish, ReturnType<typeof decidePublish>]>([
    [
      'version 1 on the date of its article JSON',
      [content(1, 'preview', 'a')],
      wish(1, 'a'),
      { kind: 'publish', date: given },
    ],
    [
      'version 1 without a date of its own on an explicit one',
      [withoutGiven(content(1, 'preview', 'a'))],
      wish(1, 'a', { date: explicit }),
      { kind: 'publish', date: explicit },
    ],
    [
      'version 2 now, in whole seconds',
      [first, content(2, 'preview', 'a')],
      wish(2, 'a'),
      { kind: 'publish', date: nowInSeconds },
    ],
    [
      'version 2 on an explicit date',
      [first, content(2, 'preview', 'a')],
      wish(2, 'a', { date: explicit }),
      { kind: 'publish', date: explicit },
    ],
    ['the same run again, without change', [content(1, 'published', 'a')], wish(1, 'a'), { kind: 'done', date }],
    [
      'the same run again while a correction is held',
      [content(1, 'published', 'a'), content(1, 'preview', 'b')],
      wish(1, 'a'),
      { kind: 'done', date },
    ],
    [
      'whatever is stored, where no run is named',
      [content(1, 'preview', 'a')],
      wish(1, undefined),
      { kind: 'publish', date: given },
    ],
    [
      'what is public again by force, where no run is named, keeping its date',
      [first, content(2, 'published', 'a')],
      wish(2, undefined, { force: true }),
      { kind: 'done', date },
    ],
    [
      'a held correction of version 2, keeping its date',
      [first, content(2, 'published', 'a'), content(2, 'preview', 'b')],
      wish(2, 'b', { force: true, date: explicit }),
      { kind: 'publish', date },
    ],
    [
      'a held correction of version 1, on the date it gives',
      [content(1, 'published', 'a'), content(1, 'preview', 'b')],
      wish(1, 'b', { force: true }),
      { kind: 'publish', date: given },
    ],
  ])('%s', ([, state, publish, outcome]) => {
    expect(decidePublish(state, publish, now)).toEqual(outcome)
  })
})
