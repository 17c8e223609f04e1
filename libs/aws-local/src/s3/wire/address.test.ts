import fc from 'fast-check'
import { expect, test } from 'vitest'
import { parseAddress } from './address.ts'
import { encodeKey } from '../model/names.ts'
import { anyText } from '../../testing/internal/s3-text.ts'

const parse = (url: string, host = '127.0.0.1:4566') => {
  const { bucket, key, query } = parseAddress(url, host, ['127.0.0.1', 'localhost'])
  return { bucket, key, query: Object.fromEntries(query) }
}

test.each([
  ['/', {}],
  ['/b', { bucket: 'b' }],
  ['/b/', { bucket: 'b' }],
  ['/b?delete=', { bucket: 'b', query: { delete: '' } }],
  ['/b/?list-type=2&prefix=a%2Fb+c', { bucket: 'b', query: { 'list-type': '2', prefix: 'a/b c' } }],
  ['/b/k', { bucket: 'b', key: 'k' }],
  ['/b//k/', { bucket: 'b', key: '/k/' }],
  ['/b/../..%2f%2e%2e', { bucket: 'b', key: '../../..' }],
  ['/b/a+b%20c%2B', { bucket: 'b', key: 'a+b c+' }],
  ['http://127.0.0.1:4566/b/k?x', { bucket: 'b', key: 'k', query: { x: '' } }],
])('%s', (url, expected) => {
  expect(parse(url)).toEqual({ bucket: undefined, key: undefined, query: {}, ...expected })
})

test('the bucket may stand before the host', () => {
  expect(parse('/k/l', 'my.bucket.localhost:4566')).toMatchObject({ bucket: 'my.bucket', key: 'k/l' })
  expect(parse('/', 'bkt.localhost')).toMatchObject({ bucket: 'bkt', key: undefined })
})

test.each(['/b/%', '/b/%zz', '/b/%ff', '/b?x=%'])('%s is no address', (url) => {
  expect(() => parse(url)).toThrow(expect.objectContaining({ code: 'InvalidURI' }))
})

test('any key survives being written as a path, and as events write it', () => {
  fc.assert(
    fc.property(anyText({ minLength: 1 }), (key) => {
      expect(parse(`/b/${encodeURIComponent(key)}`).key).toBe(key)
      expect(decodeURIComponent(encodeKey(key).replaceAll('+', ' '))).toBe(key)
    }),
  )
})
