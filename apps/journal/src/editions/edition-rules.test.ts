import { describe, expect, test } from 'vitest'
import type { Edition, Editions } from './edition.ts'
import { editionOfPosted, editionOfPublished } from './edition-rules.ts'
import { sampleEif } from './samples.fixture.ts'

const instant = (text: string) => Temporal.Instant.from(text)
const [now, first, before] = ['2016-10-05T12:00:00Z', '2012-12-13T00:00:00Z', '2014-01-01T00:00:00Z'].map(instant)
if (!now || !first || !before) throw new Error('three instants')
const moment = { now, first: undefined }

const eif = sampleEif()
const other = sampleEif({ title: 'Another title' })
const preview: Edition = { stage: 'preview', eif, run: 'a' }
const published: Edition = { stage: 'published', eif, run: 'a', dates: { published: before } }
const withRun = (run: string, of = eif): Edition => ({ stage: 'preview', eif: of, run })

describe('a posted document becomes', () => {
  test.for<[what: string, Editions, document: typeof eif, run: string | undefined, expected: Edition]>([
    ['a preview, where there is nothing', {}, eif, 'a', preview],
    ['the preview, in place of another', { preview }, other, 'b', withRun('b', other)],
    ['a preview beside what is public, which stays', { published }, other, 'b', withRun('b', other)],
    ['a preview, for the same document of another run may have another text', { published }, eif, 'b', withRun('b')],
    ['what is public already, posted again by the same run', { published }, eif, 'a', published],
    ['what is public already, posted again by nobody in particular', { published }, eif, undefined, published],
    [
      'what is public already, when only publish and update differ',
      { published },
      sampleEif({ update: '2020-01-01T00:00:00Z', publish: false }),
      'a',
      published,
    ],
    [
      'public at once, where the sender says so',
      { preview },
      sampleEif({ publish: true }),
      'b',
      { stage: 'published', eif: sampleEif({ publish: true }), run: 'b', dates: { published: now } },
    ],
  ])('%s', ([, editions, document, run, expected]) => {
    expect(editionOfPosted(editions, document, run, moment)).toEqual(expected)
  })
})

describe('publishing', () => {
  test.for<[what: string, Editions, run: string | undefined, expected: Edition | 'unknown' | 'superseded']>([
    ['nothing is impossible', {}, 'a', 'unknown'],
    ['a preview makes it public now', { preview }, 'a', { ...preview, stage: 'published', dates: { published: now } }],
    [
      'without a run takes what waits',
      { preview },
      undefined,
      { ...preview, stage: 'published', dates: { published: now } },
    ],
    ['what another run has replaced is refused', { preview }, 'b', 'superseded'],
    ['another run than the one that is public is refused', { published }, 'b', 'superseded'],
    ['the same run again changes nothing', { published }, 'a', published],
    [
      'the same run again changes nothing, while a correction waits',
      { published, preview: withRun('b') },
      'a',
      published,
    ],
    [
      'a correction keeps the date',
      { published, preview: withRun('b') },
      'b',
      { ...withRun('b'), stage: 'published', dates: { published: before } },
    ],
  ])('%s', ([, editions, run, expected]) => {
    expect(editionOfPublished(editions, run, moment)).toEqual(expected)
  })

  const datesOf = (more: Parameters<typeof sampleEif>[0], editions: Editions = {}) => {
    const edition: Edition = { stage: 'preview', eif: sampleEif(more), run: 'a' }
    const outcome = editionOfPublished({ ...editions, preview: edition }, 'a', { now, first })
    return typeof outcome === 'object' ? outcome.dates : outcome
  }

  test('a first version has the date that it gives', () => {
    expect(datesOf({ 'pub-date': '2014-01-01T00:00:00Z' })).toEqual({ published: before })
  })

  test('a later version has the date of the first, and is updated now', () => {
    expect(datesOf({ version: 2 })).toEqual({ published: first, updated: now })
  })

  test('a later version has the date of the first, whatever its own document says, as it has in the article store', () => {
    expect(datesOf({ version: 2, 'pub-date': '2014-01-01T00:00:00Z' })).toEqual({ published: first, updated: now })
  })

  test('a later version without a first has the date of its document', () => {
    const edition: Edition = {
      stage: 'preview',
      eif: sampleEif({ version: 2, 'pub-date': '2014-01-01T00:00:00Z' }),
      run: 'a',
    }
    expect(editionOfPublished({ preview: edition }, 'a', moment)).toMatchObject({
      dates: { published: before, updated: now },
    })
  })

  test('an update that is given is kept', () => {
    expect(datesOf({ version: 2, update: '2014-01-01T00:00:00Z' })).toEqual({ published: first, updated: before })
  })

  test('a correction of a later version keeps when that was updated', () => {
    const replaced: Edition = { ...published, run: 'b', dates: { published: first, updated: before } }
    expect(datesOf({ version: 2 }, { published: replaced })).toEqual({ published: first, updated: before })
  })
})
