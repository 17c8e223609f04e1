import { expect, test } from 'vitest'
import { startLocalWorld } from './testing/local-recipients.ts'

/** Acceptance scenarios by their numbers, with real documents over real protocols; the recipients are stand-ins on this machine. */

const long = 120_000

test(
  '2. Given Crossref answers 200 with a page about a wrong login, nothing is sent, it is paused, and staff are told once',
  async () => {
    const world = await startLocalWorld(({ crossref }) => [{ ...crossref, user: 'someone else' }])
    await world.publish({ articleId: '00353' })
    await world.publish({ articleId: '00790' })
    await world.pass(3)
    const deposits = await world.deposits()
    expect(deposits.map(({ state, attempts }) => [state, attempts])).toEqual([
      ['waiting', 0],
      ['waiting', 0],
    ])
    expect(deposits[0]?.waitsFor).toMatch(/^Paused by Continuum since .*login/i)
    expect(await world.sql`select subject from notice`).toEqual([
      { subject: 'Crossref is paused: it does not accept our account' },
    ])
    expect(world.standIns.crossref.records()).toEqual([])
  },
  long,
)

test(
  "3. Given a failure, a deposit is refused with Crossref's words and not tried again; sent again after a fix it is confirmed",
  async () => {
    const world = await startLocalWorld(({ crossref }) => [crossref])
    world.standIns.faults.add({ service: 'crossref', fault: 'refuse', times: 1, value: 'error in element "title"' })
    const [planned] = await world.publish({ articleId: '00353' })
    await world.pass(5)
    expect(await world.deposits()).toMatchObject([
      { state: 'refused', attempts: 1, needsPerson: true, answer: expect.stringContaining('error in element "title"') },
    ])
    await world.call('POST', '/deposits/act', { ids: [planned?.id], act: 'again', by: 'Ada' })
    await world.pass(1)
    expect(await world.deposits()).toMatchObject([{ state: 'confirmed' }])
  },
  long,
)

test(
  '4, 17. Given a warning, a deposit is confirmed with it, and the letters that waited go on after the article',
  async () => {
    const world = await startLocalWorld(({ crossref }) => [crossref])
    world.standIns.faults.add({ service: 'crossref', fault: 'warn', times: 1 })
    await world.publish({ articleId: '00353', letters: 2 })
    await world.settled()
    expect(await world.deposits()).toMatchObject([
      { part: 'article', state: 'sent' },
      { part: 'reviews', state: 'waiting', waitsFor: 'Waits for article of version 1, which is sent' },
    ])
    await world.pass(2)
    expect(await world.deposits()).toMatchObject([
      { part: 'article', state: 'confirmed-with-warning' },
      { part: 'reviews', state: 'confirmed' },
    ])
    const dois = world.standIns.crossref.records().map(({ doi }) => doi.toLowerCase())
    expect(dois).toEqual(expect.arrayContaining(['10.7554/elife.00353.sa1', '10.7554/elife.00353.sa2']))
  },
  long,
)

test(
  '6. Given the line breaks after Crossref took the file, it is sent again, and there is one record',
  async () => {
    const world = await startLocalWorld(({ crossref }) => [crossref])
    world.standIns.faults.add({ service: 'crossref', fault: 'cut', times: 1 })
    await world.publish({ articleId: '00353' })
    await world.pass(2)
    expect(await world.deposits()).toMatchObject([{ state: 'confirmed', attempts: 2 }])
    expect(world.standIns.crossref.records()).toHaveLength(1)
    expect(world.standIns.crossref.submissions()).toHaveLength(2)
  },
  long,
)

test(
  '10. Given the worker is killed between POST and record, the deposit is not lost, and nothing is registered twice',
  async () => {
    const killed = { times: 1 }
    const world = await startLocalWorld(({ crossref, file }) => [crossref, file('ovid')], {
      wrap: (recipient) => ({
        ...recipient,
        send: async (...given) => {
          const result = await recipient.send(...given)
          if (killed.times-- > 0) throw new Error('killed')
          return result
        },
      }),
    })
    await world.publish({ articleId: '00353' })
    await world.pass(2)
    expect((await world.deposits()).map(({ state }) => state)).toEqual(['confirmed', 'confirmed'])
    expect(world.standIns.crossref.records()).toHaveLength(1)
    const outcomes = await world.sql`select outcome from attempt order by began, number`
    expect(outcomes.map(({ outcome }) => outcome)).toContain('interrupted')
  },
  long,
)

test(
  "11. Given a PoA without a publication date, its record has lax's, whatever today is",
  async () => {
    const world = await startLocalWorld(({ crossref }) => [crossref])
    const published = '2015-03-25T00:00:00Z'
    const [planned] = await world.publish({ articleId: '04637', status: 'poa', published, undated: true })
    await world.pass(1)
    const { body } = await world.call('GET', `/deposits/${planned?.id}/document`)
    expect(body).toMatch(/<publication_date[^>]*>\s*<month>03<\/month>\s*<day>25<\/day>\s*<year>2015<\/year>/)
    expect(body).not.toContain('<year>2026</year>')
  },
  long,
)

test(
  '20, 21. PubMed gets a PoA as new and each VoR with Replaces; one whose PoA did not arrive is new',
  async () => {
    const world = await startLocalWorld(({ pubmed }) => [pubmed])
    const documents = async (articleId: string) => {
      const deposits = (await world.deposits(`?article=${articleId}`)).toSorted((a, b) => a.version - b.version)
      return Promise.all(deposits.map(async ({ id }) => (await world.call('GET', `/deposits/${id}/document`)).body))
    }
    await world.publish({ articleId: '00353', version: 1, status: 'poa' })
    await world.settled()
    await world.publish({ articleId: '00353', version: 2 })
    await world.settled()
    await world.publish({ articleId: '00353', version: 3 })
    await world.settled()
    const [poa, vor, later] = await documents('00353')
    expect(poa).toContain('aheadofprint')
    expect(poa).not.toContain('<Replaces')
    expect(vor).toMatch(/epublish[\s\S]*<Replaces IdType="doi">10.7554\/eLife.00353<\/Replaces>/)
    expect(later).toContain('<Replaces')

    const [first] = await world.publish({ articleId: '00790', version: 1, status: 'poa' })
    await world.settled()
    await world.call('POST', '/deposits/act', {
      ids: [first?.id],
      act: 'cancel',
      by: 'Ada',
      why: 'the loader report refused it',
    })
    await world.publish({ articleId: '00790', version: 2 })
    await world.settled()
    expect((await documents('00790'))[1]).not.toContain('<Replaces')
  },
  long,
)

test(
  'a correction is compared with what Crossref has, whatever other recipients got',
  async () => {
    const world = await startLocalWorld(({ crossref, doaj }) => [crossref, doaj])
    await world.publish({ articleId: '00353' })
    await world.pass(2)
    await world.publish({ articleId: '00353', run: 'again', resupplied: true })
    await world.pass(2)
    const states = (await world.deposits()).map(({ recipient, state }) => `${recipient} ${state}`)
    expect(states.toSorted()).toEqual(['crossref confirmed', 'crossref confirmed', 'doaj confirmed', 'doaj confirmed'])
  },
  long,
)

test(
  '22, 23. PMC gets a repeat under a name with a revision, counted by article',
  async () => {
    const world = await startLocalWorld(({ pmc }) => [pmc])
    await world.publish({ articleId: '10245' })
    await world.publish({ articleId: '102451' })
    await world.settled()
    await world.publish({ articleId: '10245', run: 'again', resupplied: true })
    await world.settled()
    const names = (await world.standIns.sftp.files())
      .map(({ path }) => path.split('/').at(-1) ?? '')
      .toSorted((one, other) => (one < other ? -1 : 1))
    expect(names).toEqual(['elife-15-10245.r1.zip', 'elife-15-10245.zip', 'elife-15-102451.zip'])
  },
  long,
)

test(
  '24. Given a server that drops the line at 60 %, the final name never shows a part of a file, and the retry completes it',
  async () => {
    const world = await startLocalWorld(({ file }) => [file('ovid', { files: 'everything' })])
    world.standIns.faults.add({ service: 'sftp', fault: 'drop', times: 1 })
    await world.publish({ articleId: '00353' })
    await world.settled()
    const complete = async () => (await world.standIns.sftp.files()).filter(({ path }) => !path.includes('/.'))
    expect(await complete()).toEqual([])
    expect(await world.deposits()).toMatchObject([{ state: 'waiting', attempts: 1 }])
    await world.pass(1)
    const [deposit] = await world.deposits()
    expect(deposit).toMatchObject({ state: 'confirmed', attempts: 2 })
    expect(await complete()).toMatchObject([{ size: deposit?.document?.bytes }])
  },
  long,
)

test(
  '25. Given a changed host key, nothing is sent, the recipient is paused, and staff are told',
  async () => {
    const world = await startLocalWorld(({ file }) => {
      const ovid = file('ovid')
      return ['server' in ovid ? { ...ovid, server: { ...ovid.server, hostKeys: ['SHA256:another'] } } : ovid]
    })
    await world.publish({ articleId: '00353' })
    await world.settled()
    expect(await world.deposits()).toMatchObject([{ state: 'waiting', waitsFor: expect.stringContaining('host key') }])
    expect(await world.standIns.sftp.files()).toEqual([])
    expect(await world.sql`select count(*)::int as notices from notice`).toEqual([{ notices: 1 }])
  },
  long,
)

test(
  '31. Given the same VoR sent to DOAJ twice, it has one record',
  async () => {
    const world = await startLocalWorld(({ doaj }) => [doaj])
    const [first] = await world.publish({ articleId: '00353' })
    await world.settled()
    await world.call('POST', '/deposits/act', { ids: [first?.id], act: 'again', by: 'Ada' })
    await world.settled()
    expect(await world.deposits()).toMatchObject([{ state: 'confirmed' }])
    expect(world.standIns.doaj()).toHaveLength(1)
  },
  long,
)

test(
  'the stored document is what arrived, byte for byte',
  async () => {
    const world = await startLocalWorld(({ file }) => [file('ovid', { files: 'everything' })])
    const [planned] = await world.publish({ articleId: '00353' })
    await world.settled()
    const { rawPayload } = await world.call('GET', `/deposits/${planned?.id}/document`)
    const [arrived] = await world.standIns.sftp.files()
    expect((await world.standIns.sftp.content(arrived?.path ?? '')).equals(rawPayload)).toBe(true)
  },
  long,
)
