import { expect, test } from 'vitest'
import { createShow } from './hide-secrets.ts'

const show = createShow(['the-token-of-machines'])

test.each([
  ['a field that begins with _', { _data: 'x', run: 'a' }, '{"_data":"(not shown)","run":"a"}'],
  [
    'a field named like a secret',
    { dbPassword: 'x', ApiKey: 'y' },
    '{"dbPassword":"(not shown)","ApiKey":"(not shown)"}',
  ],
  ['the data of a publication', { publication_data: 'x' }, '{"publication_data":"(not shown)"}'],
  ['the same of an activity', { publicationData: 'x' }, '{"publicationData":"(not shown)"}'],
  [
    'a property whose name begins with _',
    [{ name: '_publication-data', value: 'x' }],
    '[{"name":"_publication-data","value":"(not shown)"}]',
  ],
  ['what is deeper', { a: [{ b: { token: 'x' } }] }, '{"a":[{"b":{"token":"(not shown)"}}]}'],
  ['JSON within a text', { body: '{"_x":1}' }, '{"body":"{\\"_x\\":\\"(not shown)\\"}"}'],
  [
    'a signed address',
    'https://b.test/x?X-Amz-Signature=abc&part=2',
    '"https://b.test/x?X-Amz-Signature=(not shown)&part=2"',
  ],
  ['a header', 'authorization: Bearer abcdefgh.ijk', '"authorization: Bearer (not shown)"'],
  ['the password of an address', 'postgres://ada:pass@db/x', '"postgres://ada:(not shown)@db/x"'],
  ['a secret of this service, wherever it stands', 'said the-token-of-machines', '"said (not shown)"'],
])('%s is not shown', (_, value, shown) => {
  expect(show(JSON.stringify(value))).toBe(shown)
})

test('everything else is shown, as it is or shortened', () => {
  const value = JSON.stringify({ articleId: '00353', version: 1, name: 'title', value: 'Of rivers', none: null })
  expect(show(value)).toBe(value)
  expect(show('no JSON: 503 from lax')).toBe('no JSON: 503 from lax')
  expect(show(JSON.stringify('x'.repeat(500)))).toHaveLength(160)
})
