import { addGauge } from '../health/gauge.ts'
import { Value } from 'typebox/value'
import { expect, onTestFinished, test } from 'vitest'
import { createApp } from '../http/app.ts'
import { ProcessHealth } from '../health/process-health.ts'
import { createServiceHealth, type Poller } from '../health/service-health.ts'
import { createLogger } from '../process/log.ts'
import { startHealthServer } from './health-server.ts'

const logger = createLogger({ service: 'services', level: 'silent' })
const ago = (seconds: number) => () => Temporal.Now.instant().subtract({ seconds })

/** A process of a store, which answers over HTTP, and of a decider, which polls. */
async function startProcess(poller: Partial<Poller> = {}) {
  const lax = createServiceHealth('lax')
  const app = await createApp({ name: 'lax', logger, health: lax, checks: { database: async () => {} } })
  app.get('/articles/:id', async (_, reply) => reply.code(404).send('none'))
  const decider = createServiceHealth('decider')
  decider.addPollers({ name: 'decisions', lastSignOfLife: ago(5), ...poller })
  const services = [
    { health: lax, isReady: true },
    { health: decider, isReady: false },
  ]
  const options = { host: '127.0.0.1', port: 0, name: 'services', version: 'abc1234', services: () => services, logger }
  const { url, close } = await startHealthServer(options)
  onTestFinished(async () => {
    await close()
    await app.close()
  })
  return {
    app,
    lax,
    get: (path: string) => fetch(`${url}${path}`),
    text: async () => (await fetch(`${url}/metrics`)).text(),
  }
}

test('/health tells what the process is and since when, and when each poller was last heard', async () => {
  const { get } = await startProcess()
  const reply = await get('/health')
  expect(reply.headers.get('cache-control')).toBe('no-store')
  const health = Value.Parse(ProcessHealth, await reply.json())
  expect(health).toMatchObject({
    version: 'abc1234',
    services: [
      { name: 'lax', ready: true, pollers: [] },
      { name: 'decider', ready: false, pollers: [{ name: 'decisions' }] },
    ],
  })
  expect(health.memory_bytes).toBeGreaterThan(10e6)
  expect(health.cpu_seconds).toBeGreaterThan(0)
  expect(Date.parse(health.started_at)).toBeLessThan(Date.now())
  const heard = Date.parse(health.services[1]?.pollers[0]?.last_sign_of_life ?? '')
  expect(Math.round((Date.now() - heard) / 1000)).toBe(5)
  expect(await (await get('/health')).json()).toMatchObject({ instance: health.instance })
})

test('/metrics counts requests by route and status, health checks apart', async () => {
  const { app, text } = await startProcess()
  for (const url of ['/articles/1', '/articles/2', '/ping', '/status', '/nowhere']) await app.inject(url)
  const said = await text()
  expect(said).toContain(
    'http_request_duration_seconds_count{service="lax",method="GET",route="/articles/:id",status="404"} 2\n',
  )
  expect(said).toContain(
    'http_request_duration_seconds_count{service="lax",method="GET",route="none",status="404"} 1\n',
  )
  expect(said).not.toMatch(/route="\/(ping|status)"/)
})

test('/metrics has the process once, and of each service what it polls', async () => {
  const metrics = async () => '# HELP tasks Tasks.\n# TYPE tasks counter\ntasks{type="x"} 3\n'
  const { text } = await startProcess({ metrics })
  const said = await text()
  expect(said).toContain('continuum_build_info{service="services",version="abc1234"} 1\n')
  expect(said).toContain('tasks{service="decider",type="x"} 3\n')
  expect(
    Number(/continuum_last_poll_age_seconds\{service="decider",poller="decisions"\} (.*)/.exec(said)?.[1]),
  ).toBeCloseTo(5, 0)
  for (const name of [
    'process_resident_memory_bytes',
    'process_start_time_seconds',
    'nodejs_eventloop_utilization_ratio',
  ])
    expect(said.match(new RegExp(`^${name}\\{service="services"\\} `, 'gm')), name).toHaveLength(1)
})

test('what cannot be counted now is left out, and nothing else', async () => {
  const { lax, text } = await startProcess({ metrics: () => Promise.reject(new Error('SWF is unavailable')) })
  const fails = () => Promise.reject(new Error('the database is unavailable'))
  addGauge(lax.registry, { name: 'outbox', help: 'Waiting.', read: fails })
  addGauge(lax.registry, { name: 'answers', help: 'Kept.', read: async () => [{ value: 4 }] })
  const said = await text()
  expect(said).toContain('answers{service="lax"} 4\n')
  expect(said).toContain('continuum_last_poll_age_seconds{service="decider"')
  expect(said).not.toMatch(/^outbox/m)
})

test('/<service>/status runs the checks of that service; a poller that hears nothing for two minutes fails it', async () => {
  const { get } = await startProcess({ lastSignOfLife: ago(130) })
  expect((await get('/lax/status')).status).toBe(200)
  const reply = await get('/decider/status')
  expect(reply.status).toBe(503)
  expect(await reply.json()).toMatchObject({
    service: 'decider',
    checks: { polling: { ok: false, message: 'AWS has not answered a poll of decisions for 130 s' } },
  })
  expect((await get('/journal/status')).status).toBe(404)
})
