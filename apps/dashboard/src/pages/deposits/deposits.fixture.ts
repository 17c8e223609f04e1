import { once } from 'node:events'
import { createServer } from 'node:http'
import { text } from 'node:stream/consumers'
import type { Deposit, Recipients } from '@continuum/messages'
import { onTestFinished } from 'vitest'

/** A deposit that Crossref has refused. */
export const deposit: Deposit = {
  id: '00000000-0000-4000-8000-000000000001',
  recipient: 'crossref',
  articleId: '00353',
  version: 1,
  run: 'a',
  part: 'article',
  state: 'refused',
  rule: 'gets the first VoR',
  planned: '2026-11-30T12:00:00Z',
  since: '2026-11-30T12:01:00Z',
  attempts: 2,
  answer: 'error in element <title>',
  waitsFor: null,
  nextTry: null,
  byHand: false,
  unaddressed: false,
  needsPerson: true,
  document: { name: 'elife-crossref-00353.xml', mediaType: 'application/xml', bytes: 1_234, sha256: 'abc' },
}
const not: Deposit = {
  ...deposit,
  id: '00000000-0000-4000-8000-000000000002',
  recipient: 'pmc',
  state: 'not-for-this-recipient',
  rule: 'gets no PoA',
  needsPerson: false,
  document: null,
}
const recipients: Recipients = {
  live: false,
  recipients: [
    {
      name: 'crossref',
      title: 'Crossref',
      kind: 'crossref',
      address: 'http://127.0.0.1:4610/crossref',
      schedule: 'at once',
      atOnce: true,
      reach: 'stand-in',
      counts: { refused: 1, confirmed: 7 },
      paused: { since: '2026-11-30T11:00:00Z', by: 'Ada', why: 'they move', automatic: false },
      failing: null,
    },
  ],
}

/** The recipients, with how many deposits stand how. */
function recipientsOf(open: readonly Deposit[]): Recipients {
  const counts = Map.groupBy(open, ({ state }) => state)
  const [first] = recipients.recipients
  return {
    live: false,
    recipients: first
      ? [{ ...first, counts: Object.fromEntries(Array.from(counts, ([state, some]) => [state, some.length])) }]
      : [],
  }
}

/** The deposits that the service would list: all that are open, or those in a state, from an offset on. */
function selected(open: readonly Deposit[], url: string): readonly Deposit[] {
  const { searchParams } = new URL(url, 'http://x')
  const [state, offset, limit] = ['state', 'offset', 'limit'].map((name) => searchParams.get(name))
  const matching = open.filter((each) => !state || each.state === state)
  return matching.slice(Number(offset ?? 0), Number(offset ?? 0) + Number(limit ?? 200))
}

/** Creates deposits of an article: one refused, one past its hour, and some that wait for it. */
export function openOnes(waiting: number): Deposit[] {
  const one = (at: number, changes: Partial<Deposit>): Deposit => ({
    ...deposit,
    id: `00000000-0000-4000-8000-${String(at).padStart(12, '0')}`,
    answer: null,
    ...changes,
  })
  const at = (hours: number) => Temporal.Now.instant().add({ hours }).toString()
  return [
    ...Array.from({ length: waiting }, (_, index) =>
      one(100 + index, { state: 'waiting', needsPerson: false, attempts: 0, nextTry: at(8), articleId: '00777' }),
    ),
    one(1, { state: 'waiting', needsPerson: false, attempts: 0, nextTry: at(-2), articleId: '00666' }),
    one(2, {}),
  ]
}

/** Starts a stand-in for the deposits service, which records what it is asked to do. */
export async function startDeposits(open: readonly Deposit[] = []) {
  const asked: { method: string; url: string; body: unknown }[] = []
  const server = createServer((request, response) => {
    const reply = async () => {
      const body = await text(request)
      const { method = '', url = '' } = request
      asked.push({ method, url, body: body === '' ? undefined : JSON.parse(body) })
      const send = (value: unknown) =>
        response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(value))
      if (method === 'PUT' || url.endsWith('/resume')) return response.writeHead(204).end()
      if (url.startsWith('/api/recipients')) return send(open.length === 0 ? recipients : recipientsOf(open))
      if (url.startsWith('/api/deposits?') && open.length > 0)
        return send({ deposits: selected(open, url), more: false })
      if (url.startsWith('/api/deposits?')) return send({ deposits: [deposit, not], more: false })
      if (url.endsWith('/document'))
        return response.writeHead(200, { 'content-type': 'application/xml' }).end('<doi_batch/>')
      if (url.endsWith('/act')) return send([{ id: deposit.id, done: true }])
      return send({ ...deposit, reference: null, stamp: '20261130120000000', attemptList: [], actions: [] })
    }
    reply().catch(() => response.destroy())
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  const address = server.address()
  return { url: `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}`, asked }
}
