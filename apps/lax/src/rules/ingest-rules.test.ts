import { describe, expect, test } from 'vitest'
import type { ArticleState, StoredContent } from './article-state.ts'
import { decideIngest, type Ingest, type IngestOutcome } from './ingest-rules.ts'
import { RuleViolationError } from './rule-violation.ts'

const day = (text: string) => Temporal.Instant.from(`${text}T00:00:00Z`)

function published(version: number, more: Partial<StoredContent> = {}): StoredContent {
  const date = day(`2016-0${version}-01`)
  return {
    version,
    stage: 'published',
    status: 'vor',
    run: `r${version}`,
    fingerprint: 'old',
    date,
    updated: date,
    ...more,
  }
}
function preview(version: number, more: Partial<StoredContent> = {}): StoredContent {
  return {
    version,
    stage: 'preview',
    status: 'vor',
    run: `p${version}`,
    fingerprint: 'old',
    updated: day('2016-09-01'),
    ...more,
  }
}
function wish(version: number, more: Partial<Ingest> = {}): Ingest {
  return {
    version,
    run: 'new',
    status: 'vor',
    fingerprint: 'new',
    given: undefined,
    force: false,
    hold: false,
    ...more,
  }
}

describe('ingest is refused', () => {
  const outOfSequence = 'refusing to ingest new article version out of sequence.'
  const first = `${outOfSequence} no other article versions exist so a v1 was expected.`
  const unpublished = 'refusing to ingest new article version when previous article version is still unpublished.'
  const already = 'refusing to ingest new article data on an already published article version.'
  test.for<[rule: string, ArticleState, Ingest, code: string, message: string]>([
    ['the first version is 2', [], wish(2), 'previous-version-does-not-exist', first],
    ['the first version is 2, forced', [], wish(2, { force: true }), 'previous-version-does-not-exist', first],
    ['version 1 waits for publication', [preview(1)], wish(2), 'previous-version-unpublished', unpublished],
    ['version 1 waits, forced', [preview(1)], wish(2, { force: true }), 'previous-version-unpublished', unpublished],
    ['version 1 waits, a gap besides', [preview(1)], wish(3), 'previous-version-unpublished', unpublished],
    ['a version is left out', [published(1)], wish(3), 'previous-version-does-not-exist', outOfSequence],
    ['the version is published', [published(1)], wish(1), 'already-published', already],
    [
      'the version is published, same content',
      [published(1)],
      wish(1, { fingerprint: 'old' }),
      'already-published',
      already,
    ],
    ['holding is no force', [published(1)], wish(1, { hold: true }), 'already-published', already],
    [
      'a PoA follows a version of record',
      [published(1)],
      wish(2, { status: 'poa' }),
      'poa-after-vor',
      'refusing to ingest version 2 as a PoA: version 1 is already a version of record.',
    ],
  ])('where %s', ([, state, ingest, code, message]) => {
    expect(() => decideIngest(state, ingest)).toThrow(
      expect.objectContaining({ name: RuleViolationError.name, code, message }),
    )
  })
})

describe('ingest is accepted', () => {
  const held = [published(1), preview(1, { fingerprint: 'held' })]
  test.for<[rule: string, ArticleState, Ingest, IngestOutcome]>([
    ['as a preview of version 1', [], wish(1), { kind: 'store', stage: 'preview' }],
    [
      '18.1: again by the run that is public',
      [published(1)],
      wish(1, { run: 'r1', fingerprint: 'old' }),
      { kind: 'done', stage: 'published' },
    ],
    [
      '18.1: again by the run that is public, beside a correction',
      held,
      wish(1, { run: 'r1', fingerprint: 'old', force: true, hold: true }),
      { kind: 'done', stage: 'published' },
    ],
    ['as a preview of the next version', [published(1)], wish(2), { kind: 'store', stage: 'preview' }],
    ['again while unpublished', [preview(1)], wish(1), { kind: 'store', stage: 'preview' }],
    [
      'without change when it is the same',
      [preview(1)],
      wish(1, { fingerprint: 'old' }),
      { kind: 'same', stage: 'preview' },
    ],
    [
      'by force, public at once, with its date',
      [published(2)],
      wish(2, { force: true, given: day('2011-01-01') }),
      { kind: 'store', stage: 'published', date: day('2016-02-01') },
    ],
    [
      'by force; version 1 follows a changed date',
      [published(1)],
      wish(1, { force: true, given: day('2011-01-01') }),
      { kind: 'store', stage: 'published', date: day('2011-01-01') },
    ],
    [
      'by force, held beside what is public',
      [published(1)],
      wish(1, { force: true, hold: true }),
      { kind: 'store', stage: 'preview' },
    ],
    [
      'by force, the same as held',
      held,
      wish(1, { force: true, hold: true, fingerprint: 'held' }),
      { kind: 'same', stage: 'preview' },
    ],
    [
      'by force, the same as public',
      held,
      wish(1, { force: true, hold: true, fingerprint: 'old' }),
      { kind: 'same', stage: 'published' },
    ],
    [
      'as a correction of an old PoA',
      [published(1, { status: 'poa' }), published(2)],
      wish(1, { status: 'poa', force: true }),
      { kind: 'store', stage: 'published', date: day('2016-01-01') },
    ],
    [
      'as a PoA after a version of record, forced',
      [published(1)],
      wish(2, { status: 'poa', force: true }),
      { kind: 'store', stage: 'preview' },
    ],
  ])('%s', ([, state, ingest, outcome]) => {
    expect(decideIngest(state, ingest)).toEqual(outcome)
  })
})
