import { describe, expect, test } from 'vitest'
import { startAwsLocal } from '../../index.ts'
import { s3Calls, settingOf, sqsCalls, swfCalls, type NamedCall } from './calls.fixture.ts'
import { differences, outcomeOf } from './compare.fixture.ts'
import { explained } from './explained.fixture.ts'

const other = process.env['E2E_OTHER_AWS']

/**
 * The same calls to another server of SWF, SQS and S3 (`moto_server`) and to this one. They may differ only in what `explained.ts`
 * tells, with who is right and by which source. The other server must be a fresh one.
 */
describe.skipIf(!other)(`beside another AWS${other ? '' : ' (skipped: E2E_OTHER_AWS names none)'}`, () => {
  const services: readonly (readonly [string, readonly NamedCall[]])[] = [
    ['swf', swfCalls],
    ['sqs', sqsCalls],
    ['s3', s3Calls],
  ]
  test.for(services)('%s differs only where it should', async ([service, calls]) => {
    await using server = await startAwsLocal()
    const [ours, theirs] = [settingOf(server.url), settingOf(other ?? '')]
    const unexplained: string[] = []
    for (const call of calls) {
      const found = differences(await outcomeOf(call, ours), await outcomeOf(call, theirs))
      const known = explained[service]?.[call[0]] ?? []
      for (const difference of found)
        if (!known.some(({ where }) => where.test(difference))) unexplained.push(`${call[0]}: ${difference}`)
    }
    expect(unexplained).toEqual([])
  })
})
