import type { StarterMessage } from '@continuum/messages'
import { expect, test } from 'vitest'
import { feed } from './feed.ts'
import type { StoredObject } from './listing.ts'
import { readOptions } from './options.ts'
import { createReporter } from './reporter.ts'

/** The rules of feeding, without AWS: a listing of names, and a queue that may refuse. */
async function feedKeys(args: string[], keys: string[], given: { refuse?: string; interruptAfter?: number } = {}) {
  const output = { out: '', err: '' }
  const write = { out: (text: string) => (output.out += text), err: (text: string) => (output.err += text) }
  const options = readOptions([...args, 'bucket', 'queue'], write)
  if ('exitCode' in options) throw new Error(output.err)
  const sent: StarterMessage[] = []
  const calls: number[] = []
  const slept: number[] = []
  const stopping = new AbortController()
  const reporter = createReporter(options, write)
  const tally = await feed(
    objects(keys),
    options,
    async (messages) => {
      calls.push(messages.length)
      return messages.map((message) => {
        if (message.workflow_data['file_name'] === given.refuse) return new Error('the queue refuses')
        sent.push(message)
        if (sent.length === given.interruptAfter) stopping.abort()
        return undefined
      })
    },
    reporter,
    {
      now: () => Temporal.Instant.from('2016-01-01T00:00:00Z').add({ seconds: sent.length }),
      sleep: async (seconds) => void slept.push(seconds),
      signal: stopping.signal,
    },
  )
  reporter.end(tally)
  return { sent, calls, slept, tally, ...output, keys: sent.map(({ workflow_data }) => workflow_data['file_name']) }
}

async function* objects(keys: string[]): AsyncGenerator<StoredObject> {
  for (const key of keys) yield { key, etag: 'e7f6', size: 10 }
}

test('each key becomes one message, as if it had just been put, in UTC', async () => {
  const { sent } = await feedKeys([], ['elife-12345-vor-r1.zip'])
  expect(sent).toEqual([
    {
      workflow_name: 'PublishPerfectArticle',
      workflow_data: {
        event_name: 'ObjectCreated:Put',
        event_time: '2016-01-01T00:00:00.000000Z',
        bucket_name: 'bucket',
        file_name: 'elife-12345-vor-r1.zip',
        file_etag: 'e7f6',
        file_size: 10,
      },
    },
  ])
})

test('it waits between messages, and not after the last', async () => {
  expect((await feedKeys([], ['a.zip', 'x.txt', 'b.zip', 'c.zip'])).slept).toEqual([30, 30])
  expect((await feedKeys(['-r', '0'], ['a.zip', 'b.zip'])).slept).toEqual([])
})

test('without pauses, ten keys go in one call, and are reported in their order', async () => {
  const keys = Array.from({ length: 25 }, (_, n) => `${String(n).padStart(2, '0')}.zip`)
  const { calls, tally, err, out } = await feedKeys(['-r', '0'], keys, { refuse: '13.zip' })
  expect(calls).toEqual([10, 10, 5])
  expect(tally).toMatchObject({ fed: 24, failed: 1, last: '24.zip' })
  expect(err).toBe('not fed: 13.zip: the queue refuses\n')
  expect(out).toBe('Fed 24 keys (1 failed)\n')
})

test('interrupted without pauses, what is on its way is still counted', async () => {
  const keys = Array.from({ length: 40 }, (_, n) => `${String(n).padStart(2, '0')}.zip`)
  const { sent, tally } = await feedKeys(['-r', '0'], keys, { interruptAfter: 12 })
  expect(tally).toMatchObject({ interrupted: true, fed: sent.length, last: sent.at(-1)?.workflow_data['file_name'] })
})

test('one key that is refused is named and does not hold up the rest', async () => {
  const { keys, err, tally, out } = await feedKeys([], ['a.zip', 'b.zip', 'c.zip'], { refuse: 'b.zip' })
  expect(keys).toEqual(['a.zip', 'c.zip'])
  expect(err).toBe('not fed: b.zip: the queue refuses\n')
  expect(tally).toMatchObject({ fed: 2, failed: 1 })
  expect(out).toBe('Fed 2 keys (1 failed)\n')
})

test('a key that is not a package is named and not fed', async () => {
  const { keys, err } = await feedKeys([], ['folder/', 'a.zip', 'notes.txt'])
  expect(keys).toEqual(['a.zip'])
  expect(err).toBe('not fed (not a .zip): folder/\nnot fed (not a .zip): notes.txt\n')
})

test('a dry run and a count send nothing and do not wait', async () => {
  const dry = await feedKeys(['--dry-run'], ['a.zip', 'b.zip'])
  expect(dry).toMatchObject({
    sent: [],
    slept: [],
    out: 'would feed a.zip\nwould feed b.zip\nWould feed 2 keys (20 bytes)\n',
  })
  const count = await feedKeys(['--count'], ['a.zip', 'b.zip'])
  expect(count).toMatchObject({ sent: [], slept: [], out: 'Counted 2 keys (20 bytes)\n' })
})

test('working prints a dot for each key', async () => {
  expect((await feedKeys(['-w'], ['a.zip', 'b.zip'])).out).toBe('..\nFed 2 keys\n')
})

test('an interrupted feed says how to resume', async () => {
  const { keys, tally, out } = await feedKeys([], ['a.zip', 'b.zip', 'c.zip'], { interruptAfter: 2 })
  expect(keys).toEqual(['a.zip', 'b.zip'])
  expect(tally.interrupted).toBe(true)
  expect(out).toContain('resume with --start-after b.zip')
})

test('as JSON, each line is an object, the last one the whole', async () => {
  const { out, err } = await feedKeys(['--json'], ['a.zip', 'notes.txt', 'b.zip'], { refuse: 'b.zip' })
  expect(
    out
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line)),
  ).toEqual([
    { key: 'a.zip', outcome: 'fed', message: expect.objectContaining({ workflow_name: 'PublishPerfectArticle' }) },
    { key: 'notes.txt', outcome: 'not a package' },
    { key: 'b.zip', outcome: 'failed', reason: 'the queue refuses' },
    { mode: 'feed', fed: 1, skipped: 1, failed: 1, bytes: 10, last: 'a.zip', interrupted: false },
  ])
  expect(err).toBe('')
})
