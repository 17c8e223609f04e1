import type { SendResult } from '@continuum/recipients'
import { expect, test } from 'vitest'
import { authors, fileRecipient, pubmed, scripted } from './testing/recipients.ts'
import { startWorld } from './testing/world.ts'
import { readDeposit } from './store/deposits.ts'

/** The record of an attempt: that it began, and that nothing left, or how it ended. */

const attemptsOf = async ({ sql }: Awaited<ReturnType<typeof startWorld>>) =>
  (await sql<{ number: number; outcome: string }[]>`select number, outcome from attempt order by number`).map(
    ({ number, outcome }) => `${number} ${outcome}`,
  )

test('a mail before which the bucket fails was not sent: it is tried again, uses up no attempt, and no person is asked', async () => {
  const { connect, received } = scripted({})
  const world = await startWorld({ recipients: [authors], connect })
  const repair = world.faults.add({ service: 's3', operation: 'ListObjectsV2', fault: 'failure' })
  await world.publish({ articleId: '00353' })
  await world.settled()
  expect(await world.deposits()).toMatchObject([
    {
      state: 'waiting',
      waitsFor: expect.stringMatching(/^Next try/),
      answer: expect.stringMatching(/^Not sent: We enc/),
    },
  ])
  expect([received.length, await attemptsOf(world)]).toEqual([0, ['1 later']])
  repair()
  await world.pass(1)
  expect(await world.deposits()).toMatchObject([{ state: 'confirmed' }])
  expect([received.length, await attemptsOf(world)]).toEqual([1, ['1 later', '2 confirmed']])
  expect(await world.sql`select attempts, tries from deposit`).toEqual([{ attempts: 1, tries: 2 }])
  expect(await world.sql`select 1 from notice`).toEqual([])
})

test('a mail whose document cannot be opened was not sent', async () => {
  const { connect, received } = scripted({
    send: ({ name, context }) =>
      name.includes('00353') && context.attempt === 1
        ? { kind: 'later', answer: '450', afterSeconds: 60, countsAsAttempt: true }
        : { kind: 'confirmed', answer: 'there' },
  })
  const world = await startWorld({ recipients: [authors], connect })
  await world.publish({ articleId: '00353' })
  await world.settled()
  const repair = world.faults.add({ service: 's3', operation: 'GetObject', fault: 'failure' })
  await world.pass(0.02)
  expect(await world.deposits()).toMatchObject([{ state: 'waiting', answer: expect.stringMatching(/^Not sent: /) }])
  repair()
  await world.pass(1)
  expect(await world.deposits()).toMatchObject([{ state: 'confirmed' }])
  expect(received).toHaveLength(2)
})

test('a recipient that cannot be connected to was not sent anything', async () => {
  const { connect, received } = scripted({})
  const broken = { times: 1 }
  const world = await startWorld({
    recipients: [authors],
    connect: (recipient) => {
      if (broken.times-- > 0) throw new Error('no such protocol')
      return connect(recipient)
    },
  })
  await world.publish({ articleId: '00353' })
  await world.settled()
  expect(await world.deposits()).toMatchObject([{ state: 'waiting', answer: 'Not sent: no such protocol' }])
  await world.pass(1)
  expect(await world.deposits()).toMatchObject([{ state: 'confirmed' }])
  expect(received).toHaveLength(1)
})

test('what waits for a deposit that was sent before the database was lost goes on at once', async () => {
  const { connect } = scripted({
    send: ({ context }) =>
      context.attempt === 1
        ? { kind: 'later', answer: '503', afterSeconds: 600, countsAsAttempt: true }
        : { kind: 'confirmed', answer: 'there' },
  })
  const world = await startWorld({ recipients: [pubmed], connect })
  const [first] = await world.publish({ articleId: '00353', version: 1 })
  await world.settled()
  await world.publish({ articleId: '00353', version: 2 })
  await world.settled()
  expect(await world.deposits()).toMatchObject([
    { version: 2, waitsFor: expect.stringMatching(/^Waits for article of version 1/) },
    {},
  ])
  await world.tools.mark(await readDeposit(world.sql, first?.id ?? ''), 7, new AbortController().signal)
  await world.pass(0.25)
  expect((await world.deposits()).map(({ version, state }) => `v${version} ${state}`)).toEqual([
    'v2 waiting',
    'v1 uncertain',
  ])
  // Version 2 had its first attempt, and is told to come later.
  expect(await world.deposits()).toMatchObject([{ answer: '503' }, {}])
})

test('an activity that is told to stop marks nothing', async () => {
  const { connect } = scripted({})
  const nightly = { cron: '15 22 * * *', zone: 'UTC' }
  const world = await startWorld({ recipients: [fileRecipient('ovid', { schedule: nightly })], connect })
  const [planned] = await world.publish({ articleId: '00353' })
  const row = await readDeposit(world.sql, planned?.id ?? '')
  await expect(world.tools.mark(row, 3, AbortSignal.abort())).rejects.toThrow(/abort/i)
  expect(await world.tools.mark(row, 1, new AbortController().signal)).toBeUndefined()
})

test('an attempt that ends after another has begun in its place does not undo it: the deposit is not sent a third time', async () => {
  const sends = [1, 2].map(() => ({
    begun: Promise.withResolvers<void>(),
    result: Promise.withResolvers<SendResult>(),
  }))
  const { connect, received } = scripted({
    send: ({ context }) => {
      const send = sends[context.attempt - 1]
      send?.begun.resolve()
      return send?.result.promise ?? { kind: 'refused', answer: 'not a third time' }
    },
  })
  const world = await startWorld({ recipients: [fileRecipient('ovid')], connect })
  await world.publish({ articleId: '00353' })
  await sends[0]?.begun.promise
  await world.killWorker()
  const passing = world.pass(0.5)
  await sends[1]?.begun.promise
  sends[0]?.result.resolve({ kind: 'later', answer: 'the connection broke', afterSeconds: 1, countsAsAttempt: true })
  await expect.poll(() => attemptsOf(world)).toEqual(['1 later', '2 null'])
  expect(await world.deposits()).toMatchObject([{ state: 'sending' }])
  sends[1]?.result.resolve({ kind: 'confirmed', answer: 'there' })
  await passing
  expect(await world.deposits()).toMatchObject([{ state: 'confirmed', answer: 'there' }])
  expect(received).toHaveLength(2)
})
