import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:net'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { hostKeyFrom } from './files/host-key.ts'
import { startStandIns, type StandIns } from './index.ts'

let standIns: StandIns
beforeAll(async () => {
  standIns = await startStandIns()
})
afterAll(async () => standIns.close())

const get = async (path: string) => fetch(`${standIns.url}${path}`)
const json = async (path: string): Promise<unknown> => (await get(path)).json()

test('faults are switched over HTTP', async () => {
  const added = await fetch(`${standIns.url}/faults`, {
    method: 'POST',
    body: JSON.stringify({ service: 'sftp', fault: 'drop', times: 2, value: 40 }),
  })
  expect(added.status).toBe(201)
  expect(await json('/faults')).toMatchObject({
    rules: [{ service: 'sftp', fault: 'drop', times: 2, value: '40' }],
    known: { crossref: { late: expect.any(String) } },
  })
  expect(standIns.faults.take('sftp', '/a.zip', 'drop')?.value).toBe('40')
  await fetch(`${standIns.url}/faults`, { method: 'DELETE' })
  expect(await json('/faults')).toMatchObject({ rules: [] })
})

test.for([
  [{ service: 'crosref', fault: 'late' }, 'crossref'],
  [{ service: 'crossref', fault: 'explode' }, 'busy'],
  [{ service: 'crossref', fault: 'late', times: 0 }, 'times'],
] as const)('a fault that there is none of is refused, naming those that there are: %o', async ([rule, named]) => {
  const answer = await fetch(`${standIns.url}/faults`, { method: 'POST', body: JSON.stringify(rule) })
  expect(answer.status).toBe(400)
  expect(await answer.text()).toContain(named)
})

test('the first page says what runs where', async () => {
  const page = await (await get('/')).text()
  for (const { port } of Object.values(standIns.ports).map((number) => ({ port: number })))
    expect(page).toContain(`${port}`)
})

test('a mail is shown in the mailbox, where its HTML can do nothing', async () => {
  standIns.mailbox.add({
    parsed: {
      attachments: [],
      headers: new Map(),
      headerLines: [],
      subject: 'A <b> subject',
      html: '<script>alert(1)</script><p>Dear Zoë</p>',
    },
    raw: Buffer.from('Subject: A <b> subject\r\n\r\nDear Zoë'),
    to: ['zoe@example.org'],
    from: 'a@example.org',
  })
  expect(await (await get('/mailbox')).text()).toContain('A &lt;b&gt; subject')
  const page = await (await get('/mailbox/1')).text()
  expect(page).toContain('sandbox srcdoc=')
  expect(page).not.toContain('<script>')
  expect(await json('/mailbox.json')).toMatchObject([{ subject: 'A <b> subject', to: ['zoe@example.org'] }])
  expect((await get('/mailbox/99')).status).toBe(404)
})

test('a name of another machine is answered with nothing, so that no web page reaches it', async () => {
  const { request } = await import('node:http')
  const asked = request(`${standIns.url}/mailbox`, { headers: { host: 'evil.example' } }).end()
  const [answer] = await once(asked, 'response')
  expect(answer.statusCode).toBe(403)
  answer.resume()
})

test('no path leads out of the folder of an account', async () => {
  expect(standIns.sftp.placeOf('/../../etc/passwd')).toMatch(/sftp\/etc\/passwd$/)
  expect((await get('/files/sftp/..%2f..%2fetc%2fpasswd')).status).toBe(404)
})

test('a host key made from the same text is the same', () => {
  expect(hostKeyFrom('a')).toEqual(hostKeyFrom('a'))
  expect(hostKeyFrom('a').fingerprint).not.toBe(hostKeyFrom('b').fingerprint)
  expect(standIns.hostKey).toMatch(/^SHA256:[A-Za-z0-9+/]{43}$/)
})

/** Takes a port whose predecessor is free. Any port may be in use by others on the machine. */
async function takeSecondOfTwo() {
  for (;;) {
    const taken = createServer().listen(0, '127.0.0.1')
    await once(taken, 'listening')
    const second = Number(Object(taken.address()).port)
    const before = createServer().listen(second - 1, '127.0.0.1')
    try {
      await once(before, 'listening')
      await once(before.close(), 'close')
      return { first: second - 1, second, taken }
    } catch {
      taken.close()
    }
  }
}

test('where one of the ports is taken, the others are free again', async () => {
  const { first, second, taken } = await takeSecondOfTwo()
  await expect(startStandIns({ port: first })).rejects.toMatchObject({ code: 'EADDRINUSE', port: second })
  const free = createServer().listen(first, '127.0.0.1')
  await once(free, 'listening')
  free.close()
  taken.close()
})

test('the command says when it is ready, and a taken port in one line', async () => {
  const main = fileURLToPath(new URL('main.ts', import.meta.url))
  const child = spawn(process.execPath, [main, '--port', String(standIns.ports.http)], {
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const said: string[] = []
  child.stderr.on('data', (bytes: Buffer) => said.push(bytes.toString()))
  const [code] = await once(child, 'exit')
  expect(code).toBe(1)
  expect(said.join('')).toMatch(/^stand-ins could not start: .*EADDRINUSE.*choose other ports/)
})
