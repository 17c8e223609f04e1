import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { settingsPrefix } from '@continuum/service'
import { expect, onTestFinished, test } from 'vitest'
import { services } from './services.ts'

const main = fileURLToPath(new URL('main.ts', import.meta.url))

function run(names: readonly string[], env: Record<string, string>) {
  const child = spawn(process.execPath, [main, ...names], {
    stdio: ['pipe', 'pipe', 'pipe'],
    env: { PATH: process.env['PATH'], ...env },
  })
  onTestFinished(() => void child.kill('SIGKILL'))
  const said: string[] = []
  let errors = ''
  child.stderr.on('data', (chunk) => (errors += chunk))
  const lines = createInterface({ input: child.stdout })
  const ready = new Map<string, string>()
  lines.on('line', (line) => {
    said.push(line)
    const { event, service, url } = JSON.parse(line)
    if (event === 'ready') ready.set(service, url)
  })
  const ended = once(child, 'close').then(([code]) => ({ code, errors, said }))
  return { child, ready, said, ended }
}

/** Two services that need nothing else to answer. */
const nobody = 'http://127.0.0.1:9'
const apis = { LAX_URL: nobody, METRICS_URL: nobody, API_PORT: '0', LOG_LEVEL: 'info' }

test('a service answers at its own port, says which it is in its log, and stops when asked', async () => {
  const { child, ready, ended } = run(['api'], { ...apis, PORT: '0' })
  await expect.poll(() => ready.get('api'), { timeout: 15_000 }).toBeTypeOf('string')
  expect(await (await fetch(`${ready.get('api')}/ping`)).text()).toBe('pong')
  child.kill('SIGTERM')
  expect((await ended).code).toBe(0)
})

test('settings of one service begin with its name; what is wrong is told of each service', async () => {
  const { ended } = run(['api', 'queue-worker'], { ...apis, QUEUE_WORKER_STOP_SECONDS: 'x', METRICS_URL: '' })
  const { code, errors } = await ended
  expect(code).toBe(2)
  expect(errors).toContain('services: invalid configuration')
  expect(errors).toContain('  api: METRICS_URL is missing')
  expect(errors).toContain('  queue-worker: STOP_SECONDS must be a whole number')
  expect(errors).not.toContain('api: PORT')
})

test('where one cannot start, all are stopped and the process ends with 1, for whoever started it to start again', async () => {
  const { ended } = run(['api', 'queue-worker'], {
    ...apis,
    JOURNALS:
      '[{"name":"J","publisher":"P","prefix":"elife","doiPrefix":"10.7554/eLife.","idDigits":5,"publicApi":true}]',
    PREFIX: 'test-',
    ORGANISATION: 'test',
    AWS_REGION: 'us-east-1',
    AWS_ENDPOINT_URL: nobody,
    AWS_ACCESS_KEY_ID: 'local',
    AWS_SECRET_ACCESS_KEY: 'local',
  })
  const { code, said } = await ended
  expect(code).toBe(1)
  const lines = said.map((line): { service: string; message: string } => JSON.parse(line))
  expect(lines).toContainEqual(expect.objectContaining({ service: 'queue-worker', message: 'could not start' }))
  expect(lines).toContainEqual(expect.objectContaining({ service: 'api', message: 'stopped' }))
})

test('a name that is no service is refused with those that are', async () => {
  const { code, errors } = await run(['lax', 'relax'], {}).ended
  expect(code).toBe(2)
  expect(errors).toMatch(/no service is named relax; there are lax, lax-adaptor, journal/)
})

test('no variable for one service alone has the name of a variable for all', () => {
  const all = new Set(services.flatMap(({ settings }) => settings))
  const clashes = services.flatMap(({ name, settings }) =>
    settings.map((variable) => `${settingsPrefix(name)}${variable}`).filter((variable) => all.has(variable)),
  )
  expect(clashes).toEqual([])
})
