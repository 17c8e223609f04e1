import { once } from 'node:events'
import { Readable } from 'node:stream'
import { Worker } from 'node:worker_threads'
import { connectDatabase, createLogger } from '@continuum/service'
import { testDatabase } from '@continuum/service/testing'
import { expect, test } from 'vitest'
import { linesOf } from './intake/lines.ts'

const [articles, hits] = [200, 30_000]

test.each([
  { file: 'a plain log of 30 MB', compressed: false },
  { file: 'a compressed log of 30 MB, whose lines have no ids', compressed: true },
])(
  'scenario 10: $file with hits of 200 articles is counted in memory for a small part of it',
  async ({ compressed }) => {
    await using database = await testDatabase()
    const worker = new Worker(new URL('./log-memory.fixture.ts', import.meta.url), {
      workerData: { url: database.url, articles, hits, compressed },
      // The program itself takes half of it; whoever keeps the lines is ended by ERR_WORKER_OUT_OF_MEMORY.
      resourceLimits: { maxOldGenerationSizeMb: 48, maxYoungGenerationSizeMb: 8 },
    })
    const [taken] = await once(worker, 'message')
    await worker.terminate()
    expect(taken).toEqual({ lines: 2 * hits, counted: hits })

    const logger = createLogger({ service: 'metrics', level: 'silent' })
    const migrations = new URL('./migrations/', import.meta.url)
    const sql = await connectDatabase({ url: database.url, schema: 'metrics', migrations, logger, max: 1 })
    const usage = sql`select count(*)::int as articles, sum(pdf)::int as pdf from usage where day = '2026-03-10'`
    expect(await usage).toEqual([{ articles, pdf: hits }])
    await sql.end()
  },
  120_000,
)

test('lines end with or without a carriage return, wherever the parts of a file are cut; one without an end is refused', async () => {
  const linesIn = async (...parts: string[]) => {
    const lines: string[] = []
    for await (const line of linesOf(Readable.from(parts.map((part) => Buffer.from(part, 'latin1'))))) lines.push(line)
    return lines
  }
  expect(await linesIn('a\r\nb\n\nc\xc3', '\xa9d\r', '\ne')).toEqual(['a', 'b', '', 'c\u00e9d', 'e'])
  expect(await linesIn()).toEqual([])
  await expect(linesIn('a\n', 'x'.repeat(40_000), 'x'.repeat(40_000))).rejects.toThrow(
    'a line of more than 65536 bytes',
  )
})
