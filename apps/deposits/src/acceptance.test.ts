import { setTimeout as pause } from 'node:timers/promises'
import { depositProblems } from '@continuum/crossref-schema'
import { expect, test } from 'vitest'
import { simpleXml } from './testing/articles.ts'
import { startLocalWorld } from './testing/local-recipients.ts'

/** Acceptance scenarios by their numbers, with real documents over real protocols: those of whole publications and of time. */

const long = 120_000
type World = Awaited<ReturnType<typeof startLocalWorld>>

/** The XML that Crossref got, in its order. */
const crossrefGot = ({ standIns }: World) => standIns.crossref.submissions().map(({ xml }) => xml)

test(
  '5. Given Crossref knows nothing of a submission for 48 hours, it is unanswered, staff are told once, and it can be sent again',
  async () => {
    const world = await startLocalWorld(({ crossref }) => [crossref])
    world.standIns.faults.add({ service: 'crossref', fault: 'forget', times: 1 })
    const [planned] = await world.publish({ articleId: '00353' })
    await world.pass(47)
    expect(await world.deposits()).toMatchObject([
      { state: 'sent', needsPerson: false, answer: expect.stringContaining('unknown_submission') },
    ])
    await world.pass(2)
    expect(await world.deposits()).toMatchObject([{ state: 'unanswered', needsPerson: true }])
    expect(await world.sql`select subject from notice`).toEqual([{ subject: 'Crossref has not answered: 00353 v1' }])
    await world.call('POST', '/deposits/act', { ids: [planned?.id], act: 'again', by: 'Ada' })
    await world.pass(1)
    expect(await world.deposits()).toMatchObject([{ state: 'confirmed' }])
    const stamps = crossrefGot(world).map((xml) => /<timestamp>(\d{17})</.exec(xml)?.[1])
    expect(new Set(stamps).size).toBe(2)
    const details = (await world.call('GET', `/deposits/${planned?.id}`)).json()
    expect(details.actions).toMatchObject([{ by: 'Ada', act: 'again' }])
  },
  long,
)

test(
  '9. Given a clock that is set back an hour between two deposits of a DOI, Crossref takes both: the second timestamp is greater',
  async () => {
    const world = await startLocalWorld(({ crossref }) => [crossref])
    await world.publish({ articleId: '00353', version: 1 })
    await world.pass(1)
    world.shiftClock(-3_600_000 * 2)
    await world.publish({ articleId: '00353', version: 2 })
    await world.pass(4)
    expect((await world.deposits()).map(({ state }) => state)).toEqual(['confirmed', 'confirmed'])
    expect(world.standIns.crossref.submissions().flatMap(({ results }) => results ?? [])).toMatchObject([
      { status: 'Success', message: 'Successfully added' },
      { status: 'Success', message: 'Successfully updated' },
    ])
  },
  long,
)

test(
  '12. Given a day of publication that has not come, the records of Crossref and DOAJ wait for it, are no fault, and go out then',
  async () => {
    const world = await startLocalWorld(({ crossref, doaj, file }) => [crossref, doaj, file('ovid')])
    await world.publish({ articleId: '00353', published: '2026-12-01T09:00:00Z' })
    await world.pass(1)
    const waiting = {
      state: 'waiting',
      needsPerson: false,
      waitsFor: 'Waits for the day of publication: 2026-12-01T09:00:00Z',
    }
    expect(await world.deposits('?recipient=crossref')).toMatchObject([waiting])
    expect(await world.deposits('?recipient=doaj')).toMatchObject([waiting])
    expect(await world.deposits('?recipient=ovid')).toMatchObject([{ state: 'confirmed' }])
    expect([crossrefGot(world), world.standIns.doaj()]).toEqual([[], []])
    await world.pass(21)
    expect((await world.deposits()).map(({ state }) => state)).toEqual(['confirmed', 'confirmed', 'confirmed'])
  },
  long,
)

test(
  '13. Three authors go to Crossref in the order of the byline, the first marked; a name with digits is told and nothing is sent',
  async () => {
    const world = await startLocalWorld(({ crossref }) => [crossref])
    const authors = ['a@example.org', 'b@example.org', 'c@example.org']
    await world.publish({ articleId: '00353', authors })
    const wrong = simpleXml({ articleId: '00790', authors }).toString().replace('Authorb', 'Author2')
    await world.publish({ articleId: '00790', xml: Buffer.from(wrong) })
    await world.pass(1)
    expect(await world.deposits('?article=00790')).toMatchObject([
      { state: 'refused', attempts: 0, answer: expect.stringContaining('Author2') },
    ])
    const [xml = '', ...others] = crossrefGot(world)
    expect(others).toEqual([])
    const people = [...xml.matchAll(/<person_name[^>]*sequence="(\w+)"[\s\S]*?<surname>(\w+)</g)]
    expect(people.map(([, sequence, surname]) => `${sequence} ${surname}`)).toEqual([
      'first Authora',
      'additional Authorb',
      'additional Authorc',
    ])
  },
  long,
)

test(
  '14. Only the ORCID iD that the XML says is authenticated is told to Crossref as such',
  async () => {
    const world = await startLocalWorld(({ crossref }) => [crossref])
    const iD = (number: string, said: string) =>
      `<contrib-id contrib-id-type="orcid"${said}>http://orcid.org/${number}</contrib-id><name>`
    const xml = simpleXml({ articleId: '00353', authors: ['a@example.org', 'b@example.org'] })
      .toString()
      .replace('<name>', iD('0000-0002-1825-0097', ' authenticated="true"'))
      .replace('<name><surname>Authorb', `${iD('0000-0001-5109-3700', '')}<surname>Authorb`)
    await world.publish({ articleId: '00353', xml: Buffer.from(xml) })
    await world.pass(1)
    const told = [...(crossrefGot(world)[0] ?? '').matchAll(/<ORCID authenticated="(\w+)">([^<]*)</g)]
    expect(told.map(([, authenticated, id]) => [authenticated, id])).toEqual([
      ['true', 'https://orcid.org/0000-0002-1825-0097'],
      ['false', 'https://orcid.org/0000-0001-5109-3700'],
    ])
  },
  long,
)

test(
  '16. Given a correction of two articles, its deposit has two updates, and neither article is deposited again',
  async () => {
    const world = await startLocalWorld(({ crossref }) => [crossref])
    for (const articleId of ['00353', '00790']) await world.publish({ articleId })
    await world.pass(1)
    await world.publish({
      articleId: '04970',
      type: 'Correction',
      jatsType: 'correction',
      related: ['00353', '00790'].map((number) => ({ type: 'corrected-article', doi: `10.7554/eLife.${number}` })),
    })
    await world.pass(1)
    const records = world.standIns.crossref.records().toSorted((a, b) => (a.doi < b.doi ? -1 : 1))
    expect(records.map(({ doi, deposits }) => [doi, deposits])).toEqual([
      ['10.7554/eLife.00353', 1],
      ['10.7554/eLife.00790', 1],
      ['10.7554/eLife.04970', 1],
    ])
    const updates = [...(records[2]?.xml ?? '').matchAll(/<update [^>]*type="(\w+)"[^>]*>([^<]*)</g)]
    expect(updates.map(([, type, doi]) => `${type} ${doi}`)).toEqual([
      'correction 10.7554/eLife.00353',
      'correction 10.7554/eLife.00790',
    ])
  },
  long,
)

test(
  '18. What Crossref gets is valid by its schema; what would not be is never sent, and the place is told',
  async () => {
    const world = await startLocalWorld(({ crossref }) => [crossref])
    await world.publish({ articleId: '00353', letters: 2, funders: ['A funder'] })
    const tooLong = simpleXml({ articleId: '00790' }).toString().replace('Authora', 'x'.repeat(61))
    await world.publish({ articleId: '00790', xml: Buffer.from(tooLong) })
    await world.pass(3)
    const got = crossrefGot(world)
    expect(got).toHaveLength(2)
    expect(got.flatMap((xml) => depositProblems(xml))).toEqual([])
    expect(await world.deposits('?article=00790')).toMatchObject([
      { state: 'refused', attempts: 0, answer: expect.stringMatching(/^Not sent, for it would not be valid: .*x{61}/) },
    ])
  },
  long,
)

test(
  '19. Given a silent correction of version 1 while version 2 is public, Crossref, PubMed and authors get nothing; PMC and CLOCKSS do',
  async () => {
    const world = await startLocalWorld(({ crossref, pubmed, authors, pmc, file }) => [
      crossref,
      pubmed,
      authors,
      pmc,
      file('clockss'),
    ])
    await world.publish({ articleId: '00353', version: 1 })
    await world.pass(1)
    await world.publish({ articleId: '00353', version: 2 })
    await world.pass(1)
    const arrived = async () => ({
      crossref: crossrefGot(world).length,
      mails: world.standIns.mailbox.mails().length,
      files: (await world.standIns.sftp.files()).map(({ path }) => path),
    })
    const before = await arrived()
    const planned = await world.publish({ articleId: '00353', version: 1, run: 'corrected', resupplied: true })
    await world.pass(1)
    const after = await arrived()
    expect([after.crossref, after.mails]).toEqual([before.crossref, before.mails])
    expect(after.files.filter((path) => !before.files.includes(path))).toEqual(['/pmc/elife-15-00353.r2.zip'])
    const ends = await world.deposits('?version=1&run=corrected')
    expect(Object.fromEntries(ends.map(({ recipient, state }) => [recipient, state]))).toEqual({
      authors: 'not-for-this-recipient',
      clockss: 'confirmed',
      crossref: 'not-for-this-recipient',
      pmc: 'sent',
      pubmed: 'not-for-this-recipient',
    })
    expect(planned.find(({ recipient }) => recipient === 'crossref')?.rule).toBe(
      'gets silent corrections of the highest version only',
    )
  },
  long,
)

test(
  '27. Given Cengage has version 1, it does not get version 2; given its server took none, it gets version 2',
  async () => {
    const world = await startLocalWorld(({ file }) => [file('cengage', { onceOnly: true, giveUpHours: 1 })])
    await world.publish({ articleId: '00353', version: 1 })
    await world.settled()
    const [second] = await world.publish({ articleId: '00353', version: 2 })
    expect(second).toMatchObject({
      state: 'not-for-this-recipient',
      rule: expect.stringMatching(/^sent before: version 1, confirmed since 2026-11-30T12:00/),
    })
    world.standIns.faults.add({ service: 'sftp', fault: 'full' })
    await world.publish({ articleId: '00790', version: 1 })
    await world.pass(3)
    expect(await world.deposits('?article=00790')).toMatchObject([{ state: 'unanswered', needsPerson: true }])
    world.standIns.faults.clear()
    await world.publish({ articleId: '00790', version: 2 })
    await world.settled()
    expect(await world.deposits('?article=00790')).toMatchObject([
      { version: 2, state: 'confirmed' },
      { version: 1, state: 'unanswered' },
    ])
  },
  long,
)

test(
  '28. Given lax answers 500 while rules are evaluated, no recipient is dropped: the repeated step plans them all',
  async () => {
    const world = await startLocalWorld(({ crossref, pmc, authors }) => [crossref, pmc, authors])
    const run = await world.storeRun({ articleId: '00353' })
    world.lax.state.failing = true
    const failed = await world.call('POST', '/publications', run)
    expect([failed.statusCode, failed.json().detail]).toEqual([503, expect.stringMatching(/lax answered 500/)])
    expect(await world.sql`select 1 from deposit`).toEqual([])
    world.lax.state.failing = false
    expect((await world.call('POST', '/publications', run)).statusCode).toBe(200)
    await world.pass(1)
    expect((await world.deposits()).map(({ recipient, state }) => `${recipient} ${state}`).toSorted()).toEqual([
      'authors confirmed',
      'crossref confirmed',
      'pmc sent',
    ])
  },
  long,
)

test(
  '29. Given a paused recipient, nothing reaches it, and its deposits tell why they wait, who paused it and since when; resumed, they go out',
  async () => {
    const world = await startLocalWorld(({ file }) => [file('ovid')])
    await world.call('PUT', '/recipients/ovid/pause', { by: 'Ada', why: 'they move their server' })
    await world.publish({ articleId: '00353' })
    await world.pass(2)
    expect(await world.deposits()).toMatchObject([
      { state: 'waiting', waitsFor: 'Paused by Ada since 2026-11-30T12:00:00.000Z: they move their server' },
    ])
    expect(await world.standIns.sftp.files()).toEqual([])
    await world.call('POST', '/recipients/ovid/resume', { by: 'Grace' })
    await world.settled()
    expect(await world.deposits()).toMatchObject([{ state: 'confirmed' }])
    expect(await world.standIns.sftp.files()).toHaveLength(1)
    expect(await world.sql`select by, act, why from action order by sequence`).toEqual([
      { by: 'Ada', act: 'pause', why: 'they move their server' },
      { by: 'Grace', act: 'resume', why: null },
    ])
  },
  long,
)

test(
  '39. Given many articles published within ten minutes, Crossref sees at most the allowed number at a time, and all are confirmed',
  async () => {
    const now = { sending: 0, most: 0 }
    const world = await startLocalWorld(({ crossref }) => [{ ...crossref, concurrency: 3 }], {
      wrap: (recipient) => ({
        ...recipient,
        send: async (...given) => {
          now.sending += 1
          now.most = Math.max(now.most, now.sending)
          const result = await recipient.send(...given)
          // As long as a line to Crossref is: the others come in the meantime.
          await pause(10)
          now.sending -= 1
          return result
        },
      }),
    })
    // As many as show it; the soak publishes 200, in processes of their own.
    const numbers = Array.from({ length: 60 }, (_, index) => String(index + 1).padStart(5, '0'))
    for (let from = 0; from < numbers.length; from += 20) {
      await Promise.all(numbers.slice(from, from + 20).map((articleId) => world.publish({ articleId })))
      world.clock.advance(60_000)
    }
    await world.pass(2)
    const states = (await world.deposits('?limit=1000')).map(({ state }) => state)
    expect(states).toEqual(Array(60).fill('confirmed'))
    expect(world.standIns.crossref.records()).toHaveLength(60)
    const { depositsAtOnce } = JSON.parse(await (await fetch(`${world.standIns.url}/crossref/load`)).text())
    expect([now.most > 1, now.most <= 3, depositsAtOnce > 0, depositsAtOnce <= 3]).toEqual([true, true, true, true])
  },
  long,
)

test(
  '40. What was not delivered is one list, by recipient with age, attempts, last words and next try, and can be acted on at once',
  async () => {
    const world = await startLocalWorld(({ file, doaj }) => [file('gooa'), doaj])
    world.standIns.faults.add({ service: 'sftp', fault: 'unavailable' })
    world.standIns.faults.add({ service: 'doaj', fault: 'refuse', value: 'no abstract' })
    for (const articleId of ['00353', '00790']) await world.publish({ articleId })
    await world.settled()
    const open = await world.deposits('?open=true')
    const of = (recipient: string) => open.filter((each) => each.recipient === recipient)
    const two = <Deposit>(deposit: Deposit) => [deposit, deposit]
    expect(of('gooa')).toMatchObject(
      two({
        state: 'waiting',
        since: '2026-11-30T12:00:00.000Z',
        attempts: 1,
        answer: expect.stringMatching(/\w/),
        nextTry: '2026-11-30T12:01:00.000Z',
      }),
    )
    expect(of('doaj')).toMatchObject(
      two({ state: 'refused', needsPerson: true, answer: expect.stringMatching(/no abstract/) }),
    )
    const ids = open.map(({ id }) => id)
    expect(ids).toHaveLength(4)
    expect((await world.call('POST', '/deposits/act', { ids, act: 'done', by: 'Ada' })).statusCode).toBe(400)
    await world.call('POST', '/deposits/act', { ids, act: 'done', by: 'Ada', why: 'put there by hand' })
    expect(await world.deposits('?open=true')).toEqual([])
    expect(await world.deposits('?recipient=gooa&article=00353')).toMatchObject([
      { state: 'confirmed', answer: 'Marked as done by Ada: put there by hand' },
    ])
  },
  long,
)
