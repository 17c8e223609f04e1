import { expect, test } from 'vitest'
import { crossref, fileRecipient, scripted } from './testing/recipients.ts'
import { startWorld } from './testing/world.ts'

test('1. A deposit is sent until Crossref answers after ten minutes, and confirmed after', async () => {
  const asked: string[] = []
  const { connect } = scripted({
    ask: () => {
      asked.push(world.now().toString())
      return asked.length < 3 ? { kind: 'pending', answer: 'queued' } : { kind: 'confirmed', answer: 'Success' }
    },
  })
  const world = await startWorld({ recipients: [crossref], connect })
  await world.publish({ articleId: '00353' })
  await world.settled()
  expect(await world.deposits()).toMatchObject([{ state: 'sent', since: '2026-11-30T12:00:00.000Z', answer: 'taken' }])
  await world.pass(1)
  const [confirmed] = await world.deposits()
  expect(confirmed).toMatchObject({ state: 'confirmed', since: '2026-11-30T12:08:00.000Z', answer: 'Success' })
  expect(asked).toEqual(['2026-11-30T12:01:00Z', '2026-11-30T12:03:00Z', '2026-11-30T12:08:00Z'])
})

test('26. A recipient that is down for three days holds up nobody else, and gets each of its deposits once when it is back', async () => {
  const down = { yes: true }
  const { connect, received } = scripted({
    send: ({ recipient }) =>
      recipient === 'gooa' && down.yes
        ? { kind: 'later', answer: 'connection refused', countsAsAttempt: true }
        : { kind: 'confirmed', answer: 'there, with its size' },
  })
  const world = await startWorld({ recipients: [fileRecipient('gooa'), fileRecipient('ovid')], connect })
  await world.publish({ articleId: '00353' })
  await world.publish({ articleId: '00790' })
  await world.pass(72)
  const during = await world.deposits()
  expect(during.filter(({ recipient }) => recipient === 'ovid').map(({ state }) => state)).toEqual([
    'confirmed',
    'confirmed',
  ])
  expect(during.filter(({ recipient }) => recipient === 'gooa').map(({ state }) => state)).toEqual([
    'waiting',
    'waiting',
  ])
  expect(await world.sql`select key from notice`).toHaveLength(1)
  down.yes = false
  received.length = 0
  await world.pass(2)
  expect((await world.deposits()).map(({ state }) => state)).toEqual(Array(4).fill('confirmed'))
  expect(received.map(({ recipient }) => recipient)).toEqual(['gooa', 'gooa'])
})
