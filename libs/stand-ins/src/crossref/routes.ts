import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Faults } from '../faults/faults.ts'
import { escapeXml } from '../http/escape.ts'
import { readForm, type Form } from '../http/form.ts'
import { bodyOf, cut, errorPage, stall } from '../http/server.ts'
import { diagnosticOf } from './diagnostic.ts'
import type { CrossrefQueue } from './queue.ts'

/** Settings of the Crossref stand-in. */
export interface CrossrefAccount {
  readonly login: string
  readonly password: string
  /** Submissions that may wait at once; more are answered with 429. */
  readonly maxPending: number
}

const received = errorPage(
  'SUCCESS',
  'Your batch submission was successfully received. There is 1 deposit in the queue ahead of it.',
)

/** The routes of `doi.crossref.org`, and those that show what it holds and how many deposits it was sent at a time. */
export function addCrossref(
  server: FastifyInstance,
  { queue, faults, account }: { queue: CrossrefQueue; faults: Faults; account: CrossrefAccount },
): void {
  const mayEnter = (login: string | undefined, password: string | undefined) =>
    // An e-mail address may stand before the login: `email/role`.
    login?.split('/').at(-1) === account.login && password === account.password

  const requests = { open: 0, most: 0 }
  const onRequest = async (_: FastifyRequest, reply: FastifyReply) => {
    requests.most = Math.max(requests.most, ++requests.open)
    reply.raw.once('close', () => (requests.open -= 1))
  }
  server.post('/crossref/servlet/deposit', { onRequest }, async (request, reply) => {
    const form = await readForm(bodyOf(request), request.headers['content-type'])
    const fields = new Map([...new URLSearchParams(new URL(request.url, 'http://local').search), ...form.fields])
    const [file] = form.files
    const fault = faults.take('crossref', `${file?.name} ${file?.text}`, ...deposits)
    void reply.type('text/html; charset=utf-8')
    if (fault?.fault === 'stall') return stall(reply)
    if (fault?.fault === 'cut-early') return cut(reply)
    if (fault?.fault === 'unavailable')
      return reply.code(503).send(errorPage('Service unavailable', 'Try again later.'))
    const pending = queue.submissions().filter(({ results }) => results === undefined).length
    if (fault?.fault === 'busy' || pending >= account.maxPending) {
      if (fault?.value !== undefined) void reply.header('retry-after', fault.value)
      return reply.code(429).send(errorPage('Too many requests', 'Too many pending submissions.'))
    }
    if (fault?.fault === 'wrong-login' || !mayEnter(fields.get('login_id'), fields.get('login_passwd')))
      return errorPage('FAILURE', 'The login credentials are not correct: bad login or password.')
    if (fault?.fault === 'html-error') return errorPage('FAILURE', escapeXml(fault.value ?? 'Internal error'))
    if (fields.get('operation') !== 'doMDUpload' || file === undefined)
      return errorPage('FAILURE', 'There is no file, or the operation is unknown.')
    await queue.take({ fileName: file.name, xml: file.text, ...(fault && { fault }) })
    return fault?.fault === 'cut' ? cut(reply) : received
  })

  const answer = (fields: Form['fields']): { type: string; body: string } => {
    if (!mayEnter(fields.get('usr'), fields.get('pwd')))
      return { type: 'text/html', body: errorPage('FAILURE', 'The login credentials are not correct.') }
    const fileName = fields.get('file_name')
    const batchId = fields.get('doi_batch_id')
    const found = queue.find(fileName === undefined ? { batchId: batchId ?? '' } : { fileName })
    const body = fields.get('type') === 'contents' && found ? found.xml : diagnosticOf(found)
    return { type: 'text/xml', body }
  }
  server.route({
    method: ['GET', 'POST'],
    url: '/crossref/servlet/submissionDownload',
    handler: async (request, reply) => {
      const form = await readForm(bodyOf(request), request.headers['content-type'])
      const fields = new Map([...new URLSearchParams(new URL(request.url, 'http://local').search), ...form.fields])
      const fault = faults.take('crossref', fields.get('file_name') ?? '', 'ask-unavailable')
      if (fault !== undefined)
        return reply.code(503).type('text/html').send(errorPage('Service unavailable', 'Try later.'))
      const { type, body } = answer(fields)
      return reply.type(`${type}; charset=utf-8`).send(body)
    },
  })

  server.get('/crossref/submissions', async () =>
    queue.submissions().map(({ id, fileName, receivedAt, batchId, results }) => ({
      id,
      fileName,
      receivedAt: new Date(receivedAt).toISOString(),
      batchId,
      results,
    })),
  )
  server.get('/crossref/load', async () => ({ depositsAtOnce: requests.most }))
  server.get('/crossref/records', async () =>
    queue.records().map((record) => ({ ...record, timestamp: String(record.timestamp) })),
  )
}

const deposits = [
  'busy',
  'unavailable',
  'wrong-login',
  'html-error',
  'cut',
  'cut-early',
  'stall',
  'late',
  'refuse',
  'warn',
  'forget',
]
