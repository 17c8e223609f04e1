import { spawn } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import postgres from 'postgres'
import { beforeEach, expect, onTestFinished, test } from 'vitest'
import { createLogger } from '../process/log.ts'
import { testDatabase } from '../testing/test-database.ts'
import { connectDatabase } from './database.ts'
import { ensureServiceUsers, serviceUserUrl, type ServiceUser } from './service-users.ts'

const logger = createLogger({ service: 'test', level: 'silent' })
const userOf = (schema: string): ServiceUser => ({ schema, password: `password-of-${schema}-${randomUUID()}` })
let folder: URL

beforeEach(() => {
  const path = mkdtempSync(join(tmpdir(), 'migrations-'))
  onTestFinished(() => rmSync(path, { recursive: true }))
  writeFileSync(
    join(path, '001-all-kinds.sql'),
    `create type state as enum ('open', 'closed');
     create domain id as text check (value <> '');
     create table articles (number bigserial primary key, id id, state state);
     create table days (day date) partition by range (day);
     create table days_of_2026 partition of days for values from ('2026-01-01') to ('2027-01-01');
     create sequence tickets;
     create view open_articles as select * from articles where state = 'open';
     create materialized view counted as select count(*) from articles;
     create function numbers() returns bigint language sql as 'select count(*) from articles';
     create procedure close_all() language sql as 'update articles set state = ''closed''';
     create temporary table scratch on commit drop as select 1 as one;
     insert into articles (id, state) values ('00353', 'open');`,
  )
  folder = pathToFileURL(path)
})

const connect = (url: string, schema: string) => connectDatabase({ url, schema, migrations: folder, logger, max: 1 })

/** A database, and an admin of it: its superuser, or as on RDS one who may create roles and owns the database alone. */
async function database(kind: 'superuser' | 'as on RDS' | 'may nothing more') {
  const owned = await testDatabase()
  const superuser = postgres(owned.url, { max: 1, onnotice: () => undefined })
  const name = new URL(owned.url).pathname.slice(1)
  const url = new URL(owned.url)
  const roles: string[] = []
  if (kind !== 'superuser') {
    const role = `admin_${randomUUID().replaceAll('-', '')}`
    await superuser.unsafe(
      `create role ${role} login password 'of-the-admin' ${kind === 'as on RDS' ? 'createrole' : ''};
       alter database ${name} owner to ${role}`,
    )
    url.username = role
    url.password = 'of-the-admin'
    roles.push(role)
  }
  onTestFinished(async () => {
    const made = await superuser<{ rolname: string }[]>`
      select rolname from pg_roles where rolname like ${`${name}\\_%`}`
    await superuser.unsafe(`alter database ${name} owner to current_user`)
    for (const role of [...made.map(({ rolname }) => rolname), ...roles])
      await superuser.unsafe(`drop owned by ${role} cascade; drop role ${role}`)
    await superuser.end()
    await owned[Symbol.asyncDispose]()
  })
  return { adminUrl: url.href, superuser }
}

const denied = { code: '42501' }

test.each(['superuser', 'as on RDS'] as const)(
  '18.12: made by an admin who is %s, a user works in the schema of its service, and may use no other',
  async (kind) => {
    const { adminUrl } = await database(kind)
    const users = [userOf('lax'), userOf('dashboard')]
    expect(await ensureServiceUsers({ adminUrl, users, logger })).toBe(true)
    const [lax, dashboard] = await Promise.all(
      users.map((user) => connect(serviceUserUrl(adminUrl, user), user.schema)),
    )
    if (!lax || !dashboard) throw new Error('no connection')
    await lax`call close_all()`
    expect(await lax`select state from articles`).toEqual([{ state: 'closed' }])
    expect(await dashboard`select state from articles`).toEqual([{ state: 'open' }])
    await expect(lax`select * from dashboard.articles`).rejects.toMatchObject(denied)
    await expect(dashboard`update lax.articles set id = 'x'`).rejects.toMatchObject(denied)
    await expect(dashboard`create table lax.mine (id text)`).rejects.toMatchObject(denied)
    await expect(dashboard`create schema more`).rejects.toMatchObject(denied)
    await expect(dashboard`create role helper`).rejects.toMatchObject(denied)
    await expect(dashboard.unsafe('set role none; drop schema lax cascade')).rejects.toMatchObject({ code: '42501' })
    await Promise.all([lax.end(), dashboard.end()])
  },
)

test.each(['superuser', 'as on RDS'] as const)(
  '18.12: what an earlier release made as %s goes to the users, with nothing left behind, while that release goes on',
  async (kind) => {
    const { adminUrl, superuser } = await database(kind)
    const earlier = await connect(adminUrl, 'lax')
    const users = [userOf('lax')]
    expect(await ensureServiceUsers({ adminUrl, users, logger })).toBe(true)
    const name = `${new URL(adminUrl).pathname.slice(1)}_lax`
    const foreign = await superuser`
      select c.relname as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
      where n.nspname = 'lax' and pg_get_userbyid(c.relowner) <> ${name}
      union all select p.proname from pg_proc p join pg_namespace n on n.oid = p.pronamespace
      where n.nspname = 'lax' and pg_get_userbyid(p.proowner) <> ${name}
      union all select t.typname from pg_type t join pg_namespace n on n.oid = t.typnamespace
      where n.nspname = 'lax' and pg_get_userbyid(t.typowner) <> ${name}`
    expect(foreign).toEqual([])

    const lax = await connect(serviceUserUrl(adminUrl, users[0] ?? userOf('')), 'lax')
    await lax`alter table articles add title text`
    expect(await lax`select id, title, numbers() from articles`).toEqual([{ id: '00353', title: null, numbers: '1' }])
    expect(await earlier`insert into articles (id, state) values ('00354', 'open') returning id`).toHaveLength(1)
    await Promise.all([lax.end(), earlier.end()])
  },
)

test('made again, it takes the new password and no other, and what is there stays', async () => {
  const { adminUrl } = await database('as on RDS')
  const [first, second] = [userOf('lax'), userOf('lax')]
  await ensureServiceUsers({ adminUrl, users: [first], logger })
  await (await connect(serviceUserUrl(adminUrl, first), 'lax')).end()
  await Promise.all([1, 2, 3].map(() => ensureServiceUsers({ adminUrl, users: [second], logger })))
  const sql = await connect(serviceUserUrl(adminUrl, second), 'lax')
  expect(await sql`select id from articles`).toEqual([{ id: '00353' }])
  await sql.end()
  await expect(connect(serviceUserUrl(adminUrl, first), 'lax')).rejects.toMatchObject({ code: '28P01' })
})

test('18.12: an admin who may not create users makes none, and says so', async () => {
  const { adminUrl, superuser } = await database('may nothing more')
  expect(await ensureServiceUsers({ adminUrl, users: [userOf('lax')], logger })).toBe(false)
  const name = `${new URL(adminUrl).pathname.slice(1)}_lax`
  expect(await superuser`select from pg_roles where rolname = ${name}`).toEqual([])
})

test('18.12: the process that runs before a task makes its user, and ends; it fails where it may not', async () => {
  const run = async (adminUrl: string, { schema, password }: ServiceUser) => {
    const url = new URL(adminUrl)
    const env = {
      DATABASE_PASSWORD: url.password,
      SERVICE_SCHEMA: schema,
      SERVICE_PASSWORD: password,
    }
    url.password = ''
    const child = spawn(process.execPath, [fileURLToPath(new URL('../ensure-database-user.ts', import.meta.url))], {
      env: { ...env, DATABASE_URL: url.href },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    let output = ''
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (output += String(chunk)))
    const [code] = await once(child, 'close')
    expect(output).not.toContain(password)
    return { code, output }
  }
  const user = userOf('metrics')
  const { adminUrl } = await database('as on RDS')
  expect(await run(adminUrl, user)).toMatchObject({ code: 0 })
  await (await connect(serviceUserUrl(adminUrl, user), 'metrics')).end()
  const refused = await run((await database('may nothing more')).adminUrl, user)
  expect(refused).toMatchObject({ code: 1, output: expect.stringContaining('may not create users') })
}, 60_000)
