import { Type } from 'typebox'
import { expect, onTestFinished, test } from 'vitest'
import { createServiceHealth } from '../health/service-health.ts'
import { createApp } from './app.ts'
import { createLogger } from '../process/log.ts'

async function build(options: Partial<Parameters<typeof createApp>[0]> = {}) {
  const lines: string[] = []
  const logger = createLogger({ service: 'lax', level: 'info', stream: { write: (line) => lines.push(line) } })
  const app = await createApp({ name: 'lax', logger, ...options })
  onTestFinished(() => app.close())
  return { app, log: () => lines.join('') }
}

const justNow = Temporal.Now.instant()
const lastSignOfLife = () => justNow
const refuse = () => Promise.reject(new Error('connection refused'))

test('ping says pong, in plain text, and no cache keeps it', async () => {
  const { app, log } = await build()
  const answer = await app.inject('/ping')
  expect(answer.body).toBe('pong')
  expect(answer.headers).toMatchObject({ 'cache-control': 'no-store', 'content-type': 'text/plain; charset=utf-8' })
  expect(log()).toBe('')
})

test('what a proxy says of who asks is believed where the proxy is known, and of nobody else', async () => {
  const forged = { 'x-forwarded-for': '203.0.113.66, 203.0.113.7', 'x-forwarded-proto': 'https' }
  const asked = async (trustedProxies?: string[]) => {
    const { app } = await build({ trustedProxies })
    app.get('/who', ({ ip, protocol }) => ({ ip, protocol }))
    return (await app.inject({ url: '/who', headers: forged, remoteAddress: '10.0.192.5' })).json()
  }
  expect(await asked(['10.0.192.0/20'])).toEqual({ ip: '203.0.113.7', protocol: 'https' })
  expect(await asked(['10.0.0.0/18'])).toEqual({ ip: '10.0.192.5', protocol: 'http' })
  expect(await asked()).toEqual({ ip: '10.0.192.5', protocol: 'http' })
})

test('behind a CDN the address is that of the reader, whatever the reader and the CDN say before, and of callers without one their own', async () => {
  const { app } = await build({ trustedProxies: ['10.0.192.0/20'], behindCdn: true })
  app.get('/who', ({ ip }) => ({ ip }))
  const from = async (remoteAddress: string, forwarded?: string) => {
    const headers = forwarded === undefined ? {} : { 'x-forwarded-for': forwarded }
    return (await app.inject({ url: '/who', headers, remoteAddress })).json()
  }
  const [balancer, edge, reader] = ['10.0.192.5', '130.176.1.9', '203.0.113.7']
  expect(await from(balancer, `${reader}, ${edge}`)).toEqual({ ip: reader })
  expect(await from(balancer, `198.51.100.1, 198.51.100.2, ${reader}, ${edge}`)).toEqual({ ip: reader })
  expect(await from(balancer, `2001:db8::7, ${edge}`)).toEqual({ ip: '2001:db8::7' })
  expect(await from('10.0.1.20')).toEqual({ ip: '10.0.1.20' })
  expect(await from('10.0.1.20', `${reader}, ${edge}`)).toEqual({ ip: '10.0.1.20' })
})

test('status is ok while every check passes', async () => {
  const health = createServiceHealth('lax')
  health.addPollers({ name: 'requests', lastSignOfLife })
  const { app } = await build({ checks: { database: async () => {} }, health })
  const answer = await app.inject('/status')
  expect(answer.statusCode).toBe(200)
  expect(answer.json()).toMatchObject({
    service: 'lax',
    status: 'ok',
    checks: { database: { ok: true }, polling: { ok: true } },
    last_sign_of_life: justNow.toString({ smallestUnit: 'millisecond' }),
  })
})

test('status answers 503 and says what fails', async () => {
  const { app } = await build({ checks: { database: refuse, queue: async () => {} } })
  const answer = await app.inject('/status')
  expect(answer.statusCode).toBe(503)
  expect(answer.json()).toMatchObject({
    status: 'failing',
    checks: { database: { ok: false, message: 'connection refused' }, queue: { ok: true } },
  })
})

test('what the caller did wrong is told as problem details', async () => {
  const { app } = await build()
  const schema = {
    body: Type.Object({ version: Type.Integer() }),
    querystring: Type.Object({ page: Type.Integer({ default: 1 }) }),
  }
  app.post('/things', { schema }, (request, reply) => reply.send(request.query.page))
  const textual = await app.inject({ method: 'POST', url: '/things', payload: { version: '3' } })
  expect(textual.statusCode).toBe(400)
  expect(textual.headers['content-type']).toMatch('application/problem+json')
  expect(textual.json()).toMatchObject({
    title: 'Bad Request',
    status: 400,
    detail: expect.stringContaining('version'),
  })
  const right = await app.inject({ method: 'POST', url: '/things', payload: { version: 3 } })
  expect(right.body).toBe('1')
  const second = await app.inject({ method: 'POST', url: '/things?page=2', payload: { version: 3 } })
  expect(second.body).toBe('2')
})

test('what went wrong here is told to the log and not to the caller', async () => {
  const { app, log } = await build()
  app.get('/broken', () => Promise.reject(new Error('the disk is full at /private/place')))
  const answer = await app.inject('/broken?preview=hush')
  expect(answer.json()).toEqual({ title: 'Internal Server Error', status: 500 })
  expect(log()).toContain('the disk is full')
  expect(log()).not.toContain('hush')
})

test('an unknown route is a JSON 404 that repeats no query', async () => {
  const { app } = await build()
  const answer = await app.inject('/nowhere?token=hush')
  expect(answer.statusCode).toBe(404)
  expect(answer.json()).toEqual({ title: 'Not Found', detail: 'GET /nowhere does not exist', status: 404 })
})

test('a body above 5 MB is refused', async () => {
  const { app } = await build()
  app.post('/things', async () => 'taken')
  const answer = await app.inject({ method: 'POST', url: '/things', payload: { text: 'x'.repeat(5 * 1024 * 1024) } })
  expect(answer.statusCode).toBe(413)
})

test('pages may load from this origin only, unless the service says more', async () => {
  const { app } = await build({ contentSecurityPolicy: { imgSrc: ["'self'", 'https://cdn.example'] } })
  const policy = String((await app.inject('/ping')).headers['content-security-policy'])
  expect(policy).toContain("default-src 'self'")
  expect(policy).toContain("img-src 'self' https://cdn.example")
  expect(policy).not.toContain('unsafe-inline')
  expect(policy).not.toContain('upgrade-insecure-requests')
})
