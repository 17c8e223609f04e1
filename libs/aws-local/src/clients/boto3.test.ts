import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { describe, expect, test } from 'vitest'
import { startAwsLocal } from '../index.ts'

const python = process.env['E2E_BOTO3_PYTHON']

/** boto3, unmodified; `boto3-calls.py` makes the calls, signs them, and says what held. */
describe.skipIf(!python)(`boto3${python ? '' : ' (skipped: E2E_BOTO3_PYTHON names no python that has it)'}`, () => {
  test('all of its calls get the answers of AWS', async () => {
    await using server = await startAwsLocal({ keys: { AKIAONE: 'se/cr+et' } })
    const script = fileURLToPath(new URL('boto3-calls.py', import.meta.url))
    const { stdout } = await promisify(execFile)(python ?? '', [script, server.url], { timeout: 60_000 })
    const parts = ['swf', 'sqs', 's3', 'presigned', 'signatures', 'events', 'objects', 'parts', 'public', 'queues']
    expect(stdout.trim().split('\n')).toEqual(parts)
  }, 60_000)
})
