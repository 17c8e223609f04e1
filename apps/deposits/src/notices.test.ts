import { expect, test } from 'vitest'
import { startLocalWorld } from './testing/local-recipients.ts'

const long = 120_000
const retraction = { kind: 'retraction', date: '2026-11-30' }
const notice = '/articles/00353/notice'

test(
  'a retraction is told to Crossref and DOAJ, once, and taken back there; others are not sent anything again',
  async () => {
    const world = await startLocalWorld(({ crossref, doaj, pmc, authors, file }) => [
      { ...crossref, crossmark: { domains: ['example.org'] } },
      doaj,
      pmc,
      authors,
      file('clockss'),
    ])
    await world.publish({ articleId: '00353', letters: 1 })
    await world.pass(3)
    const documentOf = async (id: string | undefined) => (await world.call('GET', `/deposits/${id}/document`)).body
    const told = async (method: 'PUT' | 'DELETE', body?: object) => {
      const answer = await world.call(method, notice, body)
      expect(answer.statusCode).toBe(200)
      await world.pass(3)
      const planned: { id: string; recipient: string; part: string; state: string; rule: string }[] = answer.json()
      const sent = planned.filter(({ state }) => state !== 'not-for-this-recipient')
      return { planned, sent, parts: sent.map(({ recipient, part }) => `${recipient} ${part}`) }
    }

    const first = await told('PUT', retraction)
    expect(first.parts).toEqual(['crossref article', 'doaj article'])
    expect(first.planned.find(({ recipient }) => recipient === 'pmc')?.rule).toBe(
      'is not told of the retraction: what it has does not change by it',
    )
    const [crossref, doaj] = first.sent
    expect(await documentOf(crossref?.id)).toMatch(/RETRACTED: [\s\S]*<update type="retraction" date="2026-11-30">/)
    expect(await documentOf(doaj?.id)).toContain('"title": "RETRACTED: ')
    const again = await told('PUT', retraction)
    expect(again.sent.map(({ id }) => id)).toEqual(first.sent.map(({ id }) => id))
    expect((await world.deposits()).filter(({ state }) => state === 'refused')).toEqual([])

    const undone = await told('DELETE')
    expect(undone.parts.toSorted()).toEqual(['crossref article', 'crossref emptying', 'doaj article'])
    const [, , last] = undone.sent
    expect(await documentOf(last?.id)).not.toContain('RETRACTED')
    expect((await told('DELETE')).sent.map(({ id }) => id)).toEqual(undone.sent.map(({ id }) => id))
    expect((await world.call('PUT', '/articles/00790/notice', retraction)).statusCode).toBe(422)
  },
  long,
)

test(
  'a later version of an article that lax calls retracted is deposited as retracted',
  async () => {
    const world = await startLocalWorld(({ crossref }) => [crossref])
    await world.publish({ articleId: '00353', version: 1 })
    world.lax.retract('00353', { date: '2026-11-30', notice: '10.7554/eLife.00999' })
    const [second] = await world.publish({ articleId: '00353', version: 2 })
    await world.pass(3)
    expect((await world.call('GET', `/deposits/${second?.id}/document`)).body).toContain('RETRACTED: ')
  },
  long,
)

test(
  'what waits for its hour is looked at then, and not when it is planned',
  async () => {
    const world = await startLocalWorld(({ doaj }) => [{ ...doaj, schedule: { cron: '15 22 * * *', zone: 'UTC' } }])
    await world.publish({ articleId: '00353' })
    await world.pass(12)
    const planned: { run: string; state: string }[] = (await world.call('PUT', notice, retraction)).json()
    await world.settled()
    const [open] = await Array.fromAsync(world.workflowClient.listOpen())
    const { workflowId = '', runId = '' } = open?.execution ?? {}
    expect(workflowId).toBe(`deposits-00353.1.${planned[0]?.run}`)
    const types = async () => {
      const events = await Array.fromAsync(world.workflowClient.history({ workflowId, runId }))
      return events.map(({ eventType }) => eventType)
    }
    expect(await types()).toContain('TimerStarted')
    expect(await types()).not.toContain('ActivityTaskScheduled')
    await world.pass(24)
    expect((await world.deposits()).map(({ state }) => state)).toEqual(['confirmed', 'confirmed'])
  },
  long,
)

test(
  'a notice that is told a second time while the first is planned is planned once',
  async () => {
    const world = await startLocalWorld(({ doaj }) => [doaj])
    await world.publish({ articleId: '00353' })
    await world.pass(1)
    const answers = await Promise.all([1, 2, 3].map(() => world.call('PUT', notice, retraction)))
    const planned = answers.map((answer) => answer.json().map(({ id }: { id: string }) => id))
    expect(planned).toEqual([planned[0], planned[0], planned[0]])
    expect(planned[0]).toHaveLength(1)
    await world.pass(1)
    expect((await world.deposits()).map(({ state }) => state)).toEqual(['confirmed', 'confirmed'])
    expect(await world.sql`select run from publication`).toHaveLength(2)
  },
  long,
)
