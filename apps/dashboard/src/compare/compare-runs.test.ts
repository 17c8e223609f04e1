import { expect, test } from 'vitest'
import { event, readyRun, unixMinute } from '../derive/history/messages.fixture.ts'
import { logger, settings, startDatabase } from '../web/dashboard.fixture.ts'
import { createComparison } from './compare-runs.ts'
import { endOf, maxSilence, type Known, type OpenRun } from './judge-run.ts'

/** No row stays "in progress" for ever. */

const run: OpenRun = { article: '00353', version: 1, run: 'a', state: 'in progress', step: 'Post EIF', heard: 0 }
const gone: Known = { open: false, closed: undefined, queuesEmpty: true }
const closed = (status: string) => ({ ...gone, closed: { status, at: 1_000 } })
const later = maxSilence + 1

test.each([
  ['it is heard of', run, gone, maxSilence - 1],
  ['an execution of its article is open', run, { ...gone, open: true }, later],
  ['a message is in a queue', run, { ...gone, queuesEmpty: false }, later],
])('18.6: a run continues while %s', (_, one, known, now) => {
  expect(endOf(one, known, now)).toBeUndefined()
})

test.each([
  ['TIMED_OUT', 'took longer than SWF lets it'],
  ['TERMINATED', 'was terminated in SWF'],
  ['CANCELED', 'was cancelled in SWF'],
  ['FAILED', 'its failure was never told'],
  ['COMPLETED', 'its end was never told'],
])('18.6: a run whose execution is %s says so', (status, said) => {
  expect(endOf(run, closed(status), later)).toContain(said)
})

test('18.6: a run that SWF does not know, and a request that is in no queue, are lost', () => {
  expect(endOf(run, gone, later)).toContain('SWF knows no execution')
  expect(endOf({ ...run, state: 'waiting' }, gone, later)).toContain('in no queue')
  expect(endOf({ ...run, state: 'requested' }, closed('COMPLETED'), later)).toContain('in no queue')
})

async function stateOf(known: Known, received: ReturnType<typeof event>[]) {
  await using database = await startDatabase()
  await database.receive(received)
  let now = unixMinute(60)
  const compare = createComparison({
    sql: database.sql,
    previewBaseUrl: settings.PREVIEW_BASE_URL,
    executionsOf: async () => known,
    queuesEmpty: async () => known.queuesEmpty,
    now: () => now,
    logger,
  })
  const sections = async () =>
    (await database.sql`select section, summary from current_run`).map(({ section, summary }) => ({
      section,
      failure: summary.failure?.message,
      rerunnable: summary.rerunnable,
    }))
  await compare()
  const [once] = await sections()
  now = unixMinute(62)
  await compare()
  await compare()
  return { once, twice: (await sections())[0] }
}

const delivery = {
  bucket_name: 'b',
  file_name: 'elife-00353-vor-r1.zip',
  file_etag: 'x',
  event_time: '2026-11-23T12:00:00Z',
}

test('18.6: an execution that SWF timed out is found at the second look, and its package can be run again', async () => {
  const started = [event(0, 'Delivery', 'start', { delivery }), event(1, 'Expand Article', 'start')]
  const { once, twice } = await stateOf({ ...gone, closed: { status: 'TIMED_OUT', at: unixMinute(5) } }, started)
  expect(once).toMatchObject({ section: 'in-progress' })
  expect(twice).toMatchObject({ section: 'error', rerunnable: true, failure: expect.stringContaining('took longer') })
})

test('18.6: a delivery that was announced and then put aside is found', async () => {
  const announced = [
    event(0, 'Delivery', 'start', { delivery, version: 0 }),
    event(1, 'Waiting', 'start', { version: 0 }),
  ]
  const { twice } = await stateOf(gone, announced)
  expect(twice).toMatchObject({ section: 'error', failure: expect.stringContaining('in no queue') })
})

test('18.6: a run that works on is left alone, and so is one that is ready', async () => {
  const { twice } = await stateOf({ ...gone, open: true }, [event(1, 'Expand Article', 'start')])
  expect(twice).toMatchObject({ section: 'in-progress' })
  await using database = await startDatabase()
  await database.receive(readyRun())
  expect((await stateOf(gone, [])).twice).toBeUndefined()
})
