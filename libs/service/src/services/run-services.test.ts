import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { expect, onTestFinished, test, vi } from 'vitest'

/** Each test runs a real process, for signals, standard input and exit codes are what is tested. */
function run(body: string, env: Record<string, string> = {}) {
  const program = `
    import { createApp, defineService, HttpSettings, runServices, serve } from '@continuum/service'
    import { writeFileSync } from 'node:fs'
    import { Type } from 'typebox'
    const settings = Type.Object({ ...HttpSettings, LAX_TOKEN: Type.String() })
    await runServices(defineService('lax', settings, async ({ settings, logger, signal, onClose }) => { ${body} }))`
  const child = spawn(process.execPath, ['--input-type=module', '--eval', program], {
    cwd: import.meta.dirname,
    stdio: ['pipe', 'pipe', 'pipe', 'pipe'],
    env: { PATH: process.env['PATH'], PORT: '0', LAX_TOKEN: 'x', ...env },
  })
  onTestFinished(() => {
    child.kill('SIGKILL')
  })
  let [output, errors] = ['', '']
  child.stderr.on('data', (chunk) => (errors += chunk))
  const lines = createInterface({ input: child.stdout })
  lines.on('line', (line) => (output += `${line}\n`))
  const ready = new Promise<{ event: string; service: string; url?: string }>((resolve) => {
    lines.on('line', (line) => {
      if (line.includes('"event":"ready"')) resolve(JSON.parse(line))
    })
  })
  const ended = once(child, 'close').then(([code]) => ({ code, output, errors }))
  return { child, ready, ended }
}

const serving = `
  const { url, close } = await serve(await createApp({ name: 'lax', logger }), settings)
  onClose(close)
  return { url }`

test('a service says in one line when it is ready, whatever the log level, and stops when asked', async () => {
  const { child, ready, ended } = run(serving, { LOG_LEVEL: 'error' })
  const { event, service, url } = await ready
  expect({ event, service }).toEqual({ event: 'ready', service: 'lax' })
  expect(await (await fetch(`${url}/ping`)).text()).toBe('pong')
  child.kill('SIGTERM')
  expect((await ended).code).toBe(0)
})

test('health and metrics are not at the port that others reach', async () => {
  const { ready } = run(serving)
  const { url = '' } = await ready
  for (const path of ['/health', '/metrics']) expect((await fetch(`${url}${path}`)).status).toBe(404)
})

test('a service without an address of its own is found at the health port', async () => {
  const { ready } = run(`setInterval(() => {}, 1000); return {}`, { CONTINUUM_VERSION: '1.2.3 (abc)' })
  const { url = '' } = await ready
  expect(await (await fetch(`${url}/status`)).json()).toMatchObject({ service: 'lax', status: 'ok' })
  const health = await (await fetch(new URL('/health', url))).json()
  expect(health).toMatchObject({ version: '1.2.3 (abc)', services: [{ name: 'lax' }] })
  expect(await (await fetch(new URL('/metrics', url))).text()).toContain('process_start_time_seconds{service="lax"}')
})

test('a health port that is taken ends the process at once, with the reason', async () => {
  const { ready } = run(`setInterval(() => {}, 1000); return {}`)
  const { url = '' } = await ready
  const { code, output } = await run(serving, { HEALTH_PORT: new URL(url).port }).ended
  expect(code).toBe(1)
  expect(output).toContain('the health port cannot be listened on')
})

test('all unreadable settings are plain lines on standard error, with exit code 2', async () => {
  const { code, errors, output } = await run(serving, { PORT: 'x', LAX_TOKEN: '', LOG_LEVEL: 'loud' }).ended
  expect(code).toBe(2)
  expect(output).toBe('')
  expect(errors.split('\n')).toEqual([
    'lax: invalid configuration (environment variables):',
    expect.stringMatching(/^ {2}PORT must be a whole number/),
    '  LAX_TOKEN is missing: it must be text',
    expect.stringMatching(/^ {2}LOG_LEVEL must be one of/),
    '',
  ])
})

test('closing goes in reverse order, the signal first, and a second request does not cut it short', async () => {
  const { child, ready, ended } = run(`
    signal.addEventListener('abort', () => console.log('signal'))
    onClose(() => console.log('first'))
    onClose(() => new Promise((resolve) => setTimeout(resolve, 100)).then(() => console.log('second')))
    const alive = setInterval(() => {}, 1000)
    return {}`)
  await ready
  child.kill('SIGINT')
  child.kill('SIGTERM')
  const { code, output } = await ended
  expect(code).toBe(0)
  expect(output.split('\n').filter((line) => /^[a-z]+$/.test(line))).toEqual(['signal', 'second', 'first'])
})

test('what does not close in time is left, with exit code 1', async () => {
  const { child, ready, ended } = run(`onClose(() => new Promise(() => {})); setInterval(() => {}, 1000); return {}`, {
    STOP_SECONDS: '1',
  })
  await ready
  child.kill('SIGTERM')
  const { code, output } = await ended
  expect(code).toBe(1)
  expect(output).toContain('shutdown timed out')
})

test('with STOP_WITH_PARENT it stops when its standard input ends', async () => {
  const { child, ready, ended } = run(serving, { STOP_WITH_PARENT: 'true' })
  await ready
  child.stdin.end()
  expect((await ended).code).toBe(0)
})

test('a start that fails is logged, what was started is closed, and the exit code is 1', async () => {
  const { code, output } = await run(`onClose(() => console.log('closed')); throw new Error('the port is taken')`).ended
  expect(code).toBe(1)
  expect(output).toContain('the port is taken')
  expect(output).toContain('closed\n')
})

test('an error that nobody catches is logged and ends the process with 1', async () => {
  const { code, output } = await run(`setTimeout(() => Promise.reject(new Error('forgotten')), 10); ${serving}`).ended
  expect(code).toBe(1)
  expect(output).toContain('forgotten')
})

test('when the parent is killed, and nobody reads what it writes any more, it still closes all and ends', async () => {
  const { child, ready } = run(`onClose(() => writeFileSync(3, 'closed')); ${serving}`, { STOP_WITH_PARENT: 'true' })
  await ready
  let closed = ''
  child.stdio[3]?.on('data', (chunk) => (closed += chunk))
  child.stdout.destroy()
  child.stderr.destroy()
  child.stdin.end()
  const [code] = await once(child, 'exit')
  expect(code).toBe(0)
  await vi.waitFor(() => expect(closed).toBe('closed'))
})
