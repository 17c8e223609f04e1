import type { RecipientSettings } from '@continuum/settings'
import { expect, test } from 'vitest'
import { authors, crossref, fileRecipient, scripted } from './testing/recipients.ts'
import { startWorld } from './testing/world.ts'

/** A database that was restored to an earlier time, or lost, does not know what was sent since: nothing of it goes out again by itself. */

/** Virtual time passes in steps that take real time on a busy machine. */
const long = { timeout: 120_000 }
const nightly = { cron: '15 22 * * *', zone: 'UTC' }
const recipients: readonly RecipientSettings[] = [
  crossref,
  authors,
  fileRecipient('ovid'),
  fileRecipient('scilit', { schedule: nightly }),
]

async function startSentWorld() {
  const { connect, received } = scripted({})
  const world = await startWorld({ recipients, connect })
  await world.publish({ articleId: '00353', run: 'the-run' })
  return { world, received }
}

test(
  'what was planned before the snapshot and sent after it is not sent again, and a person sees which it is',
  long,
  async () => {
    const { world, received } = await startSentWorld()
    await world.settled()
    // The snapshot: all are planned, the nightly one waits for its hour.
    await world.sql`create table deposit_then as select * from deposit where recipient = 'scilit'`
    await world.pass(24)
    const sent = received.length
    expect(received.map(({ recipient }) => recipient)).toContain('scilit')
    await world.sql`delete from attempt where deposit in (select id from deposit_then)`
    await world.sql`update deposit set (state, tries, attempts, first_attempt, sent_at, document, answer, due) =
    (select state, tries, attempts, first_attempt, sent_at, document, answer, due from deposit_then) where recipient = 'scilit'`

    const [restored] = await world.deposits('?recipient=scilit')
    await world.wakeAll()
    await world.pass(24)
    expect(received).toHaveLength(sent)
    expect(await world.deposits('?recipient=scilit')).toMatchObject([
      { state: 'uncertain', answer: expect.stringMatching(/^Not sent: attempt 1 of it was made at .*mark it as done/) },
    ])

    const again = { ids: [restored?.id], act: 'again', by: 'ada', why: 'They do not have it.' }
    await world.call('POST', '/deposits/act', again)
    await world.pass(24)
    expect(received).toHaveLength(sent + 1)
    expect(await world.deposits('?recipient=scilit')).toMatchObject([{ state: 'confirmed' }])
  },
)

test(
  'a publication that is planned again in an empty database sends nothing again; a later version goes out',
  long,
  async () => {
    const { world, received } = await startSentWorld()
    await world.pass(48)
    const sent = received.length
    expect(new Set(received.map(({ recipient }) => recipient))).toEqual(new Set(recipients.map(({ name }) => name)))

    await world.sql`truncate publication, deposit, attempt cascade`
    await world.publish({ articleId: '00353', run: 'the-run' })
    await world.pass(48)
    expect(received).toHaveLength(sent)
    const states = (await world.deposits()).map(({ recipient, state }) => `${recipient} ${state}`)
    expect(states.toSorted()).toEqual(
      expect.arrayContaining(['authors uncertain', 'crossref uncertain', 'ovid uncertain', 'scilit uncertain']),
    )
    await world.publish({ articleId: '00353', version: 2 })
    await world.pass(48)
    expect(received.slice(sent).map(({ recipient }) => recipient)).toEqual(expect.arrayContaining(['crossref', 'ovid']))
  },
)

test(
  'a mail that authors got is not sent again though the article was delivered anew and has another run',
  long,
  async () => {
    const { world, received } = await startSentWorld()
    await world.pass(1)
    const mails = () => received.filter(({ recipient }) => recipient === 'authors').length
    const before = mails()
    expect(before).toBeGreaterThan(0)
    await world.sql`truncate publication, deposit, attempt cascade`
    await world.publish({ articleId: '00353', run: 'another-run' })
    await world.pass(1)
    expect(mails()).toBe(before)
  },
)
