import { once } from 'node:events'
import { json } from 'node:stream/consumers'
import { createServer } from 'node:http'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { randomUUID } from 'node:crypto'
import postgres from 'postgres'
import { expect, onTestFinished, test, vi } from 'vitest'
import { connectDatabase } from './database.ts'
import { createLogger } from '../process/log.ts'
import { testDatabase } from '../testing/test-database.ts'

const arn = 'arn:aws:secretsmanager:us-east-1:123456789012:secret:rds!db-1'
const logger = createLogger({ service: 'lax', level: 'silent' })

/** As much of AWS's Secrets Manager as is asked for: it answers GetSecretValue with what the test says. */
async function secretsManager(initial: string) {
  const told = { secret: initial, asked: 0, refuses: false, about: '' }
  const server = createServer(async (request, response) => {
    told.asked++
    told.about = Object(await json(request)).SecretId
    expect(request.headers['x-amz-target']).toBe('secretsmanager.GetSecretValue')
    response.setHeader('content-type', 'application/x-amz-json-1.1')
    if (told.refuses)
      response.writeHead(400).end(JSON.stringify({ __type: 'AccessDeniedException', Message: 'not authorized' }))
    else response.end(JSON.stringify({ ARN: arn, Name: 'db', SecretString: told.secret }))
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  vi.stubEnv('AWS_ENDPOINT_URL_SECRETS_MANAGER', `http://127.0.0.1:${Object(address).port}`)
  vi.stubEnv('AWS_ACCESS_KEY_ID', 'test')
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'test')
  onTestFinished(() => {
    vi.unstubAllEnvs()
    server.close()
  })
  return told
}

const secretOf = (password: string) => JSON.stringify({ username: 'someone', password })

/** A database of a role whose password can be changed, and its URL without one. */
async function database(password: string) {
  const owned = await testDatabase()
  const admin = postgres(owned.url, { max: 1, onnotice: () => undefined })
  const role = `role_${randomUUID().replaceAll('-', '')}`
  const change = (to: string) => admin.unsafe(`alter role ${role} password '${to}'`)
  await admin.unsafe(`create role ${role} login password '${password}'`)
  await admin.unsafe(`grant create on database ${new URL(owned.url).pathname.slice(1)} to ${role}`)
  const url = new URL(owned.url)
  url.username = role
  url.password = ''
  onTestFinished(async () => {
    await admin.unsafe(`drop owned by ${role}; drop role ${role}`)
    await admin.end()
    await owned[Symbol.asyncDispose]()
  })
  return { url: url.href, change, admin, role }
}

async function connect(url: string, passwordSecret = arn) {
  const folder = mkdtempSync(join(tmpdir(), 'migrations-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  const sql = await connectDatabase({
    url,
    passwordSecret,
    schema: 'lax',
    migrations: pathToFileURL(folder),
    logger,
    max: 2,
  })
  onTestFinished(() => sql.end({ timeout: 1 }))
  return sql
}

const cut = ({ admin, role }: Awaited<ReturnType<typeof database>>) =>
  admin`select pg_terminate_backend(pid) from pg_stat_activity where usename = ${role}`

test('the password comes from the secret, and one question serves a start', async () => {
  const manager = await secretsManager(secretOf('first'))
  const { url } = await database('first')
  const sql = await connect(url)
  await Promise.all([sql`select pg_sleep(0.05)`, sql`select pg_sleep(0.05)`])
  expect(manager.asked).toBe(1)
})

test('after a rotation new connections have the new password, without a restart; a listener too', async () => {
  const manager = await secretsManager(secretOf('first'))
  const owned = await database('first')
  const sql = await connect(owned.url)
  const heard: string[] = []
  await sql.listen('changes', (text) => heard.push(text))

  await owned.change('second')
  expect(await sql`select 1 as one`, 'connections that are open go on').toEqual([{ one: 1 }])
  manager.secret = secretOf('second')
  await cut(owned)

  await vi.waitFor(async () => expect(await sql`select 1 as one`).toEqual([{ one: 1 }]), 5000)
  await vi.waitFor(async () => {
    await sql.notify('changes', 'again')
    expect(heard).toContain('again')
  }, 5000)
})

test('a start in the moment between the change and its secret waits for it', async () => {
  const manager = await secretsManager(secretOf('first'))
  const owned = await database('second')
  const connecting = connect(owned.url)
  await vi.waitFor(() => expect(manager.asked).toBeGreaterThan(1), 10_000)
  manager.secret = secretOf('second')
  expect(await (await connecting)`select 1 as one`).toEqual([{ one: 1 }])
})

test('while Secrets Manager refuses, the last known password is tried and the process lives', async () => {
  const manager = await secretsManager(secretOf('first'))
  const owned = await database('first')
  const sql = await connect(owned.url)
  manager.refuses = true
  await cut(owned)
  await vi.waitFor(async () => expect(await sql`select 1 as one`).toEqual([{ one: 1 }]), 5000)
  expect(manager.asked).toBeGreaterThan(1)
})

test('of a secret with several passwords the one at the key that is named is read', async () => {
  const manager = await secretsManager(JSON.stringify({ 'database-lax': 'first', 'database-journal': 'another' }))
  const { url } = await database('first')
  const sql = await connect(url, `${arn}:database-lax::`)
  expect(await sql`select 1 as one`).toEqual([{ one: 1 }])
  expect(manager.about).toBe(arn)
  await expect(connect(url, `${arn}:database-metrics::`)).rejects.toThrow('JSON with a "database-metrics"')
})

test('a start is refused in words where the secret is refused, or holds no password', async () => {
  const manager = await secretsManager('{"username": "someone"}')
  const { url } = await database('first')
  await expect(connect(url)).rejects.toThrow(`The secret ${arn} must be JSON with a "password"`)
  manager.refuses = true
  await expect(connect(url)).rejects.toThrow(/can't be read from arn:.*AccessDeniedException: not authorized/)
})
