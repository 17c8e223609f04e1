import { expect, test } from 'vitest'
import { beginning } from './progress.ts'
import { articleColumn, clock, humanReport, outcomeOf } from './report.ts'

const delivery = {
  key: 'elife-00353-vor-r1.zip',
  md5: 'aa',
  automatic: true,
  intendedAt: '2026-01-01T00:00:00.000Z',
  after: 3,
  put: true,
}
const end = Date.parse('2026-01-01T00:00:04.321Z')

test('a published article: who, what, how long, where', () => {
  const progress = { ...beginning(delivery), articleId: '00353', version: '2', run: 'r', published: true, done: true }
  expect(outcomeOf(progress, end, 'http://site')).toEqual({
    articleId: '00353',
    version: 2,
    run: 'r',
    status: 'published',
    seconds: 4.32,
    url: 'http://site/articles/00353v2',
    error: null,
    file: 'elife-00353-vor-r1.zip',
    deposits: {},
  })
})

test('a package that never became a run has a reason and no article', () => {
  const failure = { step: 'Delivery', reason: 'no such journal' }
  expect(outcomeOf({ ...beginning({ ...delivery, file: '/in/x.zip' }), failure }, end, 'http://site')).toMatchObject({
    articleId: null,
    version: null,
    run: null,
    status: 'failed',
    url: null,
    error: failure,
    file: '/in/x.zip',
  })
})

test('times are told in seconds, then in minutes', () => {
  expect([0, 12_340, 99_940, 192_000].map(clock).map((text) => text.trim())).toEqual([
    '+0.0 s',
    '+12.3 s',
    '+99.9 s',
    '+3:12 min',
  ])
})

test('articles are in one column, as wide as the widest id that was told', () => {
  const column = articleColumn()
  const told = (articleId: string, version: string) => column({ ...beginning(delivery), articleId, version })
  expect([told('00353', '0'), told('ijm-00202', '1'), told('00353', '12')]).toEqual([
    '00353      ',
    'ijm-00202 v1  ',
    '00353     v12 ',
  ])
})

test('the image step says how far it is until it ends, each article its own', () => {
  const lines: string[] = []
  const shown = new Map<string, string>()
  const report = humanReport('http://site', {
    say: (text) => void lines.push(text),
    show: (subject, text) => void (text === undefined ? shown.delete(subject) : shown.set(subject, text)),
    clear: () => shown.clear(),
  })
  const progress = { ...beginning(delivery), articleId: '00353', version: '1' }
  const note = { at: end, step: 'Resize Images', took: 3_000 }
  report.note(progress, { ...note, kind: 'progress', message: 'images 14 of 22' })
  expect([...shown.values()]).toEqual(['   +4.3 s  00353  v1  Resize Images: images 14 of 22'])
  report.note(progress, { ...note, kind: 'end', message: 'Made 286 images from 22 figures.' })
  expect(shown.size).toBe(0)
  expect(lines).toEqual(['   +4.3 s  00353  v1  Resize Images            3.00 s  Made 286 images from 22 figures.'])
})
