import { expect, test } from 'vitest'
import { readOptions } from './options.ts'

function read(...args: string[]) {
  let [out, err] = ['', '']
  const options = readOptions(args, { out: (text) => (out += text), err: (text) => (err += text) })
  return { options, out, err }
}

test('bucket and queue are enough', () => {
  expect(read('bucket', 'queue').options).toEqual({
    bucket: 'bucket',
    queue: 'queue',
    workflow: 'PublishPerfectArticle',
    prefix: '',
    filter: undefined,
    startAfter: undefined,
    rate: 30,
    working: false,
    mode: 'feed',
    everything: false,
    json: false,
  })
})

test('the short options are those of the original', () => {
  expect(
    read('-p', 'elife-1', '-r', '0', '-f', '.*vor', '-w', 'bucket', 'queue', 'PostPerfectPublication').options,
  ).toMatchObject({
    prefix: 'elife-1',
    rate: 0,
    filter: /^(?:.*vor)/,
    working: true,
    workflow: 'PostPerfectPublication',
  })
})

test.each([
  ['no queue', ['bucket']],
  ['a fourth argument', ['bucket', 'queue', 'workflow', 'more']],
  ['an unknown option', ['--quick', 'bucket', 'queue']],
  ['a fraction of a second', ['-r', '0.5', 'bucket', 'queue']],
  ['a negative rate', ['-r', '-1', 'bucket', 'queue']],
  ['an invalid regular expression', ['-f', '(', 'bucket', 'queue']],
])('%s is a usage error, reported at once', (_, args) => {
  const { options, err } = read(...args)
  expect(options).toEqual({ exitCode: 2 })
  expect(err).toMatch(/^error: /)
})

test('help is not an error', () => {
  const { options, out } = read('--help')
  expect(options).toEqual({ exitCode: 0 })
  expect(out).toContain('--filter <regex>')
  expect(out).toContain('Exit codes')
})
