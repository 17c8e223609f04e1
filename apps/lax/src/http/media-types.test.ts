import { expect, test } from 'vitest'
import { negotiate, type Kind } from './media-types.ts'

const vendor = (kind: Kind, version?: number) =>
  `application/vnd.elife.article-${kind}+json${version ? `; version=${version}` : ''}`

test.for<[Kind, accept: string | undefined, contentType: string | undefined, deprecated?: boolean]>([
  ['poa', undefined, vendor('poa', 4)],
  ['poa', '*/*', vendor('poa', 4)],
  ['vor', 'application/*', vendor('vor', 8)],
  ['vor', vendor('vor'), vendor('vor', 8)],
  ['vor', vendor('vor', 8), vendor('vor', 8)],
  ['vor', `${vendor('poa', 4)}, ${vendor('vor', 8)}`, vendor('vor', 8)],
  ['vor', vendor('vor', 7), vendor('vor', 7), true],
  ['vor', `${vendor('vor', 7)}, ${vendor('vor', 8)}`, vendor('vor', 8), true],
  ['vor', `text/html, ${vendor('vor', 6)}, */*;q=0.1`, vendor('vor', 8)],
  ['vor', vendor('vor', 6), undefined],
  ['vor', vendor('vor', 9), undefined],
  ['vor', vendor('poa', 4), undefined],
  ['poa', 'text/html', undefined],
  ['poa', 'text/plain', undefined],
  ['poa', 'application/json', 'application/json'],
  ['list', vendor('list', 1), vendor('list', 1)],
  ['list', vendor('list', 2), undefined],
  ['history', vendor('history', 1), vendor('history', 1), true],
  ['related', vendor('related', 2), vendor('related', 2)],
])('%s with Accept: %s is answered as %s', ([kind, accept, contentType, deprecated = false]) => {
  const answer = negotiate(kind, accept)
  expect(answer?.contentType).toBe(contentType)
  if (answer) expect(answer.deprecated).toBe(deprecated)
})

test('content that does not fit the previous version is not answered as it', () => {
  expect(negotiate('vor', vendor('vor', 7), [8])).toBeUndefined()
  expect(negotiate('vor', `${vendor('vor', 7)}, ${vendor('vor', 8)}`, [8])?.version).toBe(8)
})

test('content that fits the previous version alone is answered as that', () => {
  expect(negotiate('vor', '*/*', [7])).toMatchObject({ contentType: vendor('vor', 7), deprecated: true })
  expect(negotiate('vor', vendor('vor', 8), [7])).toBeUndefined()
})

test('content that fits no version is JSON for those who name no type of the public API', () => {
  for (const accept of [undefined, '*/*', 'application/json', `${vendor('vor', 8)}, */*`]) {
    expect(negotiate('vor', accept, [])?.contentType).toBe('application/json')
  }
  expect(negotiate('vor', vendor('vor', 8), [])).toBeUndefined()
  expect(negotiate('vor', vendor('vor'), [])).toBeUndefined()
})

test('a range of no quality is not wanted', () => {
  expect(negotiate('vor', 'application/json;q=0, text/html')).toBeUndefined()
})
