import { expect, test } from 'vitest'
import { planDigest } from './staff/digest.ts'
import { authors as authorsRecipient } from './testing/recipients.ts'
import { startLocalWorld } from './testing/local-recipients.ts'

/** Acceptance scenarios by their numbers: mails, over SMTP, to a mailbox on this machine. */

const long = 120_000
const three = ['ada@example.org', 'grace@example.org', 'Ada@Example.org', 'hedy@example.org']

test(
  '32, 35, 36. Three authors, one of them twice in another letter case, get one mail each, of the right template, and never again',
  async () => {
    const world = await startLocalWorld(({ authors }) => [authors])
    await world.publish({ articleId: '00353', version: 1, status: 'poa', authors: ['first@example.org'] })
    await world.settled()
    await world.publish({ articleId: '00353', version: 2, authors: three })
    await world.settled()
    const sent = () =>
      world.standIns.mailbox
        .mails()
        .map(({ to, subject }) => `${to.join()}: ${subject}`)
        .toSorted()
    const expected = [
      'ada@example.org: The version of record of your article is published: Title of 00353',
      'first@example.org: Your article is published: Title of 00353',
      'grace@example.org: The version of record of your article is published: Title of 00353',
      'hedy@example.org: The version of record of your article is published: Title of 00353',
    ]
    expect(sent()).toEqual(expected)
    await world.publish({ articleId: '00353', version: 2, authors: three, run: 'again' })
    await world.publish({ articleId: '00353', version: 2, authors: three, run: 'silent', resupplied: true })
    await world.publish({ articleId: '00353', version: 3, authors: three })
    await world.settled()
    expect(sent()).toEqual(expected)
    const rules = (await world.deposits())
      .filter(({ state }) => state === 'not-for-this-recipient')
      .map(({ rule }) => rule)
    expect(new Set(rules)).toEqual(
      new Set([
        'was written to before, about this version',
        'gets no silent corrections',
        'gets only the first VoR of an article',
      ]),
    )
  },
  long,
)

test(
  '33. Given the process is killed after the second of three mails, the third goes out, and nobody gets two',
  async () => {
    const sent = { mails: 0 }
    const second = Promise.withResolvers<void>()
    const world = await startLocalWorld(({ authors }) => [{ ...authors, concurrency: 1 }], {
      wrap: (recipient) => ({
        ...recipient,
        send: async (...given) => {
          const result = await recipient.send(...given)
          if (++sent.mails !== 2) return result
          second.resolve()
          return new Promise(() => {})
        },
      }),
    })
    await world.publish({ articleId: '00353', authors: ['ada@example.org', 'grace@example.org', 'hedy@example.org'] })
    await second.promise
    await world.killWorker()
    await world.pass(1)
    const got = world.standIns.mailbox.mails().map(({ to }) => to.join())
    expect(got.toSorted()).toEqual(['ada@example.org', 'grace@example.org', 'hedy@example.org'])
    const states = (await world.deposits()).map(({ state }) => state)
    expect(states.toSorted()).toEqual(['confirmed', 'confirmed', 'uncertain'])
    await world.pass(72)
    expect(world.standIns.mailbox.mails()).toHaveLength(3)
  },
  long,
)

test(
  '34. Given 450 for one address it is tried later; given 550 it is refused and shown; the others are done',
  async () => {
    const world = await startLocalWorld(({ authors }) => [authors])
    world.standIns.faults.add({ service: 'mail', fault: 'later', match: 'grace@', times: 1 })
    world.standIns.faults.add({ service: 'mail', fault: 'refuse', match: 'hedy@' })
    await world.publish({ articleId: '00353', authors: ['ada@example.org', 'grace@example.org', 'hedy@example.org'] })
    await world.settled()
    const states = async () =>
      Object.fromEntries((await world.deposits()).map(({ part, state }) => [part.split(':')[1], state]))
    expect(await states()).toEqual({
      'ada@example.org': 'confirmed',
      'grace@example.org': 'waiting',
      'hedy@example.org': 'refused',
    })
    await world.pass(1)
    expect(await states()).toMatchObject({ 'grace@example.org': 'confirmed' })
    expect(world.standIns.mailbox.mails()).toHaveLength(2)
  },
  long,
)

test(
  'No mail goes to an address that bounced or asked for none, planned before or after, until it is taken off the list',
  async () => {
    const atNight = { cron: '45 22 * * *', zone: 'Europe/London' }
    const world = await startLocalWorld(({ authors }) => [{ ...authors, schedule: atNight }])
    const list = async () => JSON.parse((await world.call('GET', '/suppressions')).body)
    const states = async () => (await world.deposits()).map(({ part, state }) => `${part.split(':')[1]} ${state}`)
    world.standIns.faults.add({ service: 'mail', fault: 'refuse', match: 'Hedy@', times: 1 })
    await world.publish({ articleId: '00353', authors: ['ada@example.org', 'Hedy@example.org'] })
    await world.call('PUT', '/suppressions/ada@example.org', { by: 'Grace', why: 'she asked for none' })
    await world.pass(24)
    expect((await states()).toSorted()).toEqual(['Hedy@example.org refused', 'ada@example.org cancelled'])
    expect(await list()).toMatchObject([
      { address: 'ada@example.org', by: 'Grace', why: 'she asked for none' },
      { address: 'hedy@example.org', by: 'Continuum', why: expect.stringMatching(/^its mail server said 550/) },
    ])
    await world.publish({ articleId: '00790', authors: ['hedy@example.org'] })
    expect((await world.deposits()).find(({ articleId }) => articleId === '00790')).toMatchObject({
      state: 'not-for-this-recipient',
      rule: expect.stringMatching(/^no mail goes to this address: its mail server said 550/),
    })
    expect(world.standIns.mailbox.mails()).toEqual([])
    await world.call('DELETE', '/suppressions/Hedy@example.org')
    await world.publish({ articleId: '04970', authors: ['hedy@example.org'] })
    await world.pass(24)
    expect(world.standIns.mailbox.mails().map(({ to }) => to.join())).toEqual(['hedy@example.org'])
    expect((await list()).map(({ address }: { address: string }) => address)).toEqual(['ada@example.org'])
  },
  long,
)

test(
  '37. Given an Insight and its research article due the same day, the research authors get one mail',
  async () => {
    const atNight = { cron: '45 22 * * *', zone: 'Europe/London' }
    const world = await startLocalWorld(({ authors }) => [{ ...authors, schedule: atNight }])
    await world.publish({ articleId: '00353', authors: ['ada@example.org'] })
    await world.publish({
      articleId: '00790',
      type: 'Insight',
      jatsType: 'article-commentary',
      authors: ['commentator@example.org'],
      related: [{ type: 'commentary-article', doi: '10.7554/eLife.00353' }],
    })
    await world.pass(24)
    const [mail, ...others] = world.standIns.mailbox.mails()
    expect([mail?.to, others]).toEqual([['ada@example.org'], []])
    expect(mail?.text).toContain(
      'An article that comments on yours is published with it: https://site.test/articles/00790',
    )
  },
  long,
)

test(
  'the mail about an Insight whose article is not published here waits for it, and goes to its authors when that needs no mail of its own',
  async () => {
    const world = await startLocalWorld(({ authors }) => [authors])
    const insight = (articleId: string, about: string) => ({
      articleId,
      type: 'Insight',
      jatsType: 'article-commentary',
      related: [{ type: 'commentary-article', doi: `10.7554/eLife.${about}` }],
    })
    const got = () =>
      world.standIns.mailbox
        .mails()
        .map(({ to, subject }) => `${to.join()}: ${subject}`)
        .toSorted()
    const states = async (article: string) =>
      (await world.deposits(`?article=${article}`)).map(({ part, state }) => `${part} ${state}`).toSorted()
    await world.publish(insight('00790', '00353'))
    await world.publish(insight('00791', '00354'))
    await world.pass(48)
    expect(await world.deposits('?article=00790')).toMatchObject([
      {
        part: 'Insight_to_VOR',
        state: 'waiting',
        waitsFor: expect.stringMatching(/^No address of an author is known/),
      },
    ])
    await planDigest(world.sql, [authorsRecipient], undefined, world.now())
    expect(await world.sql`select body from notice`).toMatchObject([{ body: expect.stringContaining('00790 v1') }])

    // Its first version is published: the authors get the mail about that, which names the Insight.
    await world.publish({ articleId: '00354', authors: ['eve@example.org'] })
    await world.settled()
    expect(await states('00791')).toEqual(['Insight_to_VOR superseded'])
    expect(got()).toEqual(['eve@example.org: Your article is published: Title of 00354'])

    // A later version brings no mail of its own: the one about the Insight goes out.
    await world.publish({ articleId: '00353', published: '2026-10-01T00:00:00Z', resupplied: true, authors: three })
    await world.settled()
    expect(await states('00790')).toEqual([
      'Insight_to_VOR superseded',
      ...['ada', 'grace', 'hedy'].map((name) => `Insight_to_VOR:${name}@example.org confirmed`),
    ])
    expect(got()).toHaveLength(4)
  },
  long,
)

test(
  'where no author has an address the mail waits until the editorial office lists them, and is a case for a person after a fortnight',
  async () => {
    const world = await startLocalWorld(({ authors }) => [authors])
    for (const articleId of ['00353', '00790']) await world.publish({ articleId, authors: [] })
    await world.pass(24)
    expect((await world.deposits()).map(({ state }) => state)).toEqual(['waiting', 'waiting'])
    const author = { articleId: '00353', address: 'ada@example.org', givenNames: 'Ada', surname: 'Lovelace' }
    await world.call('PUT', '/authors', { by: 'Grace', authors: [author] })
    await world.settled()
    const [mail, ...others] = world.standIns.mailbox.mails()
    expect([mail?.to, others]).toEqual([['ada@example.org'], []])
    expect(mail?.text).toContain('Ada')
    await world.pass(24 * 14)
    expect(await world.deposits('?article=00790')).toMatchObject([{ state: 'unanswered', needsPerson: true }])
    expect(await world.sql`select subject from notice`).toEqual([{ subject: 'Nobody to write to about 00790 v1' }])
    await world.publish({ articleId: '00353', run: 'again', authors: [] })
    await world.settled()
    expect(world.standIns.mailbox.mails()).toHaveLength(1)
  },
  long,
)

test(
  'a journal has its own mails: a template in place of the usual one, and a rule for a type that nobody is written to about otherwise',
  async () => {
    const own = { subject: 'In our pages: {{ article.title }}', html: '<p>{{ author.givenNames }}, it is out.</p>' }
    const mails = {
      elife: {
        templates: { VOR_no_POA: own, Editorial: { ...own, subject: 'Your editorial' } },
        rules: [{ articleTypes: ['editorial'], mail: { vorOnly: 'Editorial' } }],
      },
    }
    const world = await startLocalWorld(({ authors }) => [{ ...authors, mails }])
    await world.publish({ articleId: '00353', authors: ['ada@example.org'] })
    await world.publish({ articleId: '00790', type: 'Editorial', jatsType: 'editorial', authors: ['eve@example.org'] })
    await world.settled()
    const got = world.standIns.mailbox
      .mails()
      .map(({ to, subject, text }) => `${to.join()}: ${subject}: ${text.trim()}`)
    expect(got.toSorted()).toEqual([
      'ada@example.org: In our pages: Title of 00353: Ada, it is out.',
      'eve@example.org: Your editorial: Ada, it is out.',
    ])
  },
  long,
)

test(
  'authors that the editorial office lists are written to beside those of the XML, by the newest list, each once',
  async () => {
    const world = await startLocalWorld(({ authors }) => [authors])
    const author = (articleId: string, address: string) => ({
      articleId,
      address,
      givenNames: 'Grace',
      surname: 'Hopper',
    })
    const old = { by: 'Ada', authors: [author('00353', 'gone@example.org'), author('00790', 'eve@example.org')] }
    expect((await world.call('PUT', '/authors', old)).json()).toEqual(['00353', '00790'])
    await world.call('PUT', '/authors', {
      by: 'Ada',
      authors: [author('00353', 'grace@example.org'), author('00353', 'ADA@example.org')],
    })
    await world.publish({ articleId: '00353', authors: ['ada@example.org'] })
    await world.settled()
    const got = world.standIns.mailbox.mails().map(({ to }) => to.join().toLowerCase())
    expect(got.toSorted()).toEqual(['ada@example.org', 'grace@example.org'])
    expect((await world.call('GET', '/authors?article=00790')).json()).toEqual([author('00790', 'eve@example.org')])
    const wrong = { by: 'Ada', authors: [author('00353', 'no address')] }
    expect((await world.call('PUT', '/authors', wrong)).statusCode).toBe(400)
  },
  long,
)

test(
  'the features team gets a copy of the mail about a feature article',
  async () => {
    const world = await startLocalWorld(({ authors }) => [{ ...authors, staff: 'features@example.org' }])
    await world.publish({ articleId: '00353', type: 'Feature Article', authors: ['ada@example.org'] })
    await world.publish({ articleId: '00790', authors: ['eve@example.org'] })
    await world.settled()
    const got = world.standIns.mailbox.mails().map(({ to }) => to.join())
    expect(got.toSorted()).toEqual(['ada@example.org', 'eve@example.org', 'features@example.org'])
  },
  long,
)
