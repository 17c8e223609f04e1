import { expect, test } from 'vitest'
import { startLocalWorld } from './testing/local-recipients.ts'

/** Acceptance scenarios by their numbers, with real documents over real protocols; the recipients are stand-ins on this machine. */

const long = 120_000

test(
  "1. Given Crossref's answer comes after ten minutes, a deposit is sent until then and confirmed after, and both instants are told",
  async () => {
    const world = await startLocalWorld(({ crossref }) => [crossref], { answerAfterSeconds: 600 })
    const [planned] = await world.publish({ articleId: '00353' })
    await world.pass(0.15)
    expect(await world.deposits()).toMatchObject([{ state: 'sent', since: '2026-11-30T12:00:00.000Z' }])
    await world.pass(1)
    const details = (await world.call('GET', `/deposits/${planned?.id}`)).json()
    expect(details).toMatchObject({
      state: 'confirmed',
      since: '2026-11-30T12:23:00.000Z',
      attemptList: [{ number: 1, ended: '2026-11-30T12:00:00.000Z', outcome: 'sent' }],
    })
  },
  long,
)

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
  "7. Given version 1 lies in Crossref's queue while version 2 is confirmed, the record stays version 2's and version 1 is superseded",
  async () => {
    const world = await startLocalWorld(({ crossref }) => [crossref])
    world.standIns.faults.add({ service: 'crossref', fault: 'late', match: '-v1-', value: '1200' })
    await world.publish({ articleId: '00353', version: 1 })
    await world.settled()
    await world.publish({ articleId: '00353', version: 2 })
    await world.pass(2)
    expect(await world.deposits()).toMatchObject([
      { version: 2, state: 'confirmed' },
      { version: 1, state: 'superseded', answer: expect.stringContaining('less or equal') },
    ])
    expect(world.standIns.crossref.records()).toMatchObject([
      { deposits: 1, fileName: expect.stringContaining('-v2-') },
    ])
  },
  long,
)

test(
  '8, 15. Given version 2 drops a funder, a deposit that empties the funding is confirmed before the one that sets it; their timestamps rise',
  async () => {
    const world = await startLocalWorld(({ crossref }) => [crossref])
    await world.publish({ articleId: '00353', version: 1, funders: ['A funder', 'Another'] })
    await world.pass(1)
    await world.publish({ articleId: '00353', version: 2, funders: ['A funder'] })
    await world.settled()
    expect(await world.deposits('?version=2')).toMatchObject([
      { part: 'article', state: 'waiting', waitsFor: 'Waits for emptying of version 2, which is sent' },
      { part: 'emptying', state: 'sent' },
    ])
    await world.pass(1)
    const sent = world.standIns.crossref.submissions()
    expect(sent.map(({ results }) => results?.[0]?.status)).toEqual(['Success', 'Success', 'Success'])
    const stamps = sent.map(({ xml }) => BigInt(/<timestamp>(\d{17})</.exec(xml)?.[1] ?? 0))
    expect(stamps).toEqual(stamps.toSorted((one, other) => (one < other ? -1 : 1)))
    expect(new Set(stamps).size).toBe(3)
    expect(sent[1]?.xml).not.toContain('A funder')
    expect(world.standIns.crossref.records()[0]?.xml).toContain('A funder')
    expect(world.standIns.crossref.records()[0]?.xml).not.toContain('Another')
  },
  long,
)

test(
  '10. Given the worker is killed between POST and record, no deposit is lost, and none is registered twice with different content',
  async () => {
    const posted = Promise.withResolvers<void>()
    const sending = new Set<string>()
    const world = await startLocalWorld(({ crossref, file }) => [crossref, file('ovid')], {
      wrap: (recipient, { name }) => ({
        ...recipient,
        send: async (...given) => {
          const result = await recipient.send(...given)
          if (sending.has(name)) return result
          if (sending.add(name).size === 2) posted.resolve()
          return new Promise(() => {})
        },
      }),
    })
    await world.publish({ articleId: '00353' })
    await posted.promise
    await world.killWorker()
    await world.pass(2)
    expect(await world.deposits()).toMatchObject([
      { recipient: 'crossref', state: 'confirmed', attempts: 2 },
      { recipient: 'ovid', state: 'confirmed', attempts: 2 },
    ])
    const submissions = world.standIns.crossref.submissions()
    expect(submissions).toHaveLength(2)
    expect(new Set(submissions.map(({ xml }) => xml)).size).toBe(1)
    expect(world.standIns.crossref.records()).toMatchObject([{ deposits: 1 }])
    const outcomes = await world.sql`select outcome from attempt where number = 1`
    expect(outcomes).toEqual([{ outcome: 'interrupted' }, { outcome: 'interrupted' }])
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
    const world = await startLocalWorld(({ pubmed }) => [pubmed], {
      wrap: (recipient) => ({
        ...recipient,
        send: (document, ...rest) =>
          document.name.includes('00790-v1')
            ? Promise.resolve({ kind: 'refused', answer: '550 the record is not taken' })
            : recipient.send(document, ...rest),
      }),
    })
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

    await world.publish({ articleId: '00790', version: 1, status: 'poa' })
    await world.settled()
    expect(await world.deposits('?article=00790')).toMatchObject([{ state: 'refused' }])
    await world.publish({ articleId: '00790', version: 2 })
    await world.settled()
    expect(await world.deposits('?article=00790')).toMatchObject([{ version: 2, state: 'sent' }, { version: 1 }])
    expect((await documents('00790'))[1]).not.toContain('<Replaces')
    await world.publish({ articleId: '00790', version: 3 })
    await world.settled()
    expect((await documents('00790'))[2]).toContain('<Replaces')
  },
  long,
)

test(
  '20, 21. PubMed is asked for what it was sent: a record is confirmed when it shows it, as published where it is; what it could not load is unanswered, a person says so, and the next version is new',
  async () => {
    const world = await startLocalWorld(({ askedPubmed }) => [askedPubmed], { answerAfterSeconds: 7_200 })
    const told = async (articleId: string) =>
      (await world.deposits(`?article=${articleId}`)).map(
        ({ version, state, answer }) => `v${version} ${state}: ${answer}`,
      )
    await world.publish({ articleId: '00353', status: 'poa' })
    await world.pass(1)
    expect(await told('00353')).toEqual(['v1 sent: PubMed does not show the record yet'])
    await world.pass(2)
    expect(await told('00353')).toEqual(['v1 confirmed: PubMed has it: PMID 40000001'])
    await world.publish({ articleId: '00353', version: 2 })
    await world.pass(1)
    expect((await told('00353'))[0]).toBe('v2 sent: PubMed does not show the record yet')
    await world.pass(3)
    expect((await told('00353'))[0]).toBe('v2 confirmed: PubMed has it: PMID 40000001')
    expect(await world.standIns.pubmed.citations()).toMatchObject([{ status: 'epublish', loads: 2 }])

    world.standIns.faults.add({ service: 'pubmed', fault: 'refuse', times: 1, value: 'the ISSN is unknown' })
    const [poa] = await world.publish({ articleId: '00790', status: 'poa' })
    await world.pass(73)
    expect(await told('00790')).toEqual(['v1 unanswered: No answer for 72 hours.'])
    const [error] = await world.standIns.pubmed.errors()
    expect(error?.words).toBe('the ISSN is unknown')
    await world.call('POST', '/deposits/act', { ids: [poa?.id], act: 'refused', by: 'Ada', why: error?.words })
    expect(await told('00790')).toEqual(['v1 refused: Refused, as Ada says: the ISSN is unknown'])
    await world.publish({ articleId: '00790', version: 2 })
    await world.pass(6)
    expect((await told('00790'))[0]).toBe('v2 confirmed: PubMed has it: PMID 40000002')
    const [vor] = await world.deposits('?article=00790&version=2')
    expect((await world.call('GET', `/deposits/${vor?.id}/document`)).body).not.toContain('<Replaces')
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
    // One that waits for its turn as the other ends looks by itself after a minute.
    await world.pass(0.1)
    await world.publish({ articleId: '10245', run: 'again', resupplied: true })
    await world.pass(0.1)
    const names = (await world.standIns.sftp.files())
      .map(({ path }) => path.split('/').at(-1) ?? '')
      .toSorted((one, other) => (one < other ? -1 : 1))
    expect(names).toEqual(['elife-15-10245.r1.zip', 'elife-15-10245.zip', 'elife-15-102451.zip'])
  },
  long,
)

test.for(['sftp', 'ftp'] as const)(
  '24. Given %s drops the line at sixty percent, the final name never shows a part of a file, and the retry completes it',
  { timeout: long },
  async (protocol) => {
    const world = await startLocalWorld(({ file, over }) => [over(protocol, file('ovid', { files: 'everything' }))])
    world.standIns.faults.add({ service: protocol, fault: 'drop', times: 1 })
    await world.publish({ articleId: '00353' })
    await world.settled()
    const complete = async () => (await world.standIns[protocol].files()).filter(({ path }) => !path.includes('/.'))
    expect(await complete()).toEqual([])
    expect(await world.deposits()).toMatchObject([{ state: 'waiting', attempts: 1 }])
    await world.pass(1)
    const [deposit] = await world.deposits()
    expect(deposit).toMatchObject({ state: 'confirmed', attempts: 2 })
    expect(await complete()).toMatchObject([{ size: deposit?.document?.bytes }])
  },
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
    expect(await world.deposits()).toMatchObject([
      { state: 'waiting', waitsFor: expect.stringMatching(/^Paused by Continuum since .*host key/) },
    ])
    expect(await world.standIns.sftp.files()).toEqual([])
    expect(await world.sql`select count(*)::int as notices from notice`).toEqual([{ notices: 1 }])
  },
  long,
)

test(
  '30. Given DOAJ answers 403 for the ISSN, a deposit is refused at once with its words; given 429, it goes out later and no attempt is used up',
  async () => {
    const world = await startLocalWorld(({ doaj }) => [doaj])
    world.standIns.faults.add({ service: 'doaj', fault: 'forbidden', match: '00353' })
    world.standIns.faults.add({ service: 'doaj', fault: 'busy', match: '00790', times: 3 })
    await world.publish({ articleId: '00353' })
    await world.publish({ articleId: '00790' })
    await world.settled()
    expect(await world.deposits('?article=00353')).toMatchObject([
      {
        state: 'refused',
        attempts: 1,
        answer: expect.stringContaining('ISSN does not belong to a journal of this account'),
      },
    ])
    expect(await world.deposits('?article=00790')).toMatchObject([{ state: 'waiting', attempts: 0 }])
    await world.pass(1)
    expect(await world.deposits('?article=00790')).toMatchObject([{ state: 'confirmed', attempts: 1 }])
    expect(world.standIns.doaj()).toHaveLength(1)
    expect(await world.sql`select * from pause`).toEqual([])
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
  '11.21 from an article one gets what was sent: the document that is kept is what arrived, byte for byte',
  async () => {
    const world = await startLocalWorld(({ file }) => [file('ovid', { files: 'everything' })])
    await world.publish({ articleId: '00353' })
    await world.settled()
    const [found] = await world.deposits('?article=00353&recipient=ovid')
    const { rawPayload } = await world.call('GET', `/deposits/${found?.id}/document`)
    const [arrived] = await world.standIns.sftp.files()
    expect((await world.standIns.sftp.content(arrived?.path ?? '')).equals(rawPayload)).toBe(true)
  },
  long,
)
