import { once } from 'node:events'
import { createServer } from 'node:net'
import { expect, test } from 'vitest'
import { newEnvironment } from './environment.ts'

/** An error that the user can fix is one clear line, never a stack trace. */
const noStack = (lines: string[]) => expect(lines.filter((line) => /^\s+at .*[:(]\d+/.test(line))).toEqual([])

test('a taken port', async () => {
  const other = createServer().listen(0, '127.0.0.1')
  await once(other, 'listening')
  const address = other.address()
  const port = typeof address === 'object' && address ? address.port : 0
  await using environment = await newEnvironment({ JOURNAL_PORT: String(port) })
  const run = environment.start('--once')
  expect(await run.ended).toBe(1)
  expect(run.stderr.join('\n')).toContain(`Port taken by another program: ${port} (journal; another one: JOURNAL_PORT=`)
  noStack(run.stderr)
  other.close()
})

test('a missing file: it is named, and nothing is started', async () => {
  await using environment = await newEnvironment()
  const run = environment.start('--once', 'no-such-file.zip')
  expect(await run.ended).toBe(1)
  expect(run.stderr).toEqual([
    'Nothing was delivered, for what is named cannot be read:',
    '  no-such-file.zip: there is no such file',
  ])
  expect(run.stdout).toEqual([])
})

test('a setting that makes no sense', async () => {
  await using environment = await newEnvironment({ LAX_PORT: 'many' })
  const run = environment.start('--once')
  expect(await run.ended).toBe(1)
  expect(run.stderr.join('\n')).toContain('LAX_PORT must be')
  noStack(run.stderr)
})

test('a second start on the same folder', async () => {
  await using environment = await newEnvironment()
  const first = environment.start()
  await first.line((line) => line.includes('Everything is up'))
  const second = environment.start()
  expect(await second.ended).toBe(1)
  expect(second.stderr.join('\n')).toMatch(/Continuum runs already on .* Stop it first/)
  noStack(second.stderr)
})
