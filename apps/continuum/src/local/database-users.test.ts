import { randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import {
  databaseServiceOf,
  databaseServices,
  loadEnvironment,
  processNames,
  settingsFor,
} from '@continuum/environments'
import { connectDatabase, createLogger, readSettings, type Sql } from '@continuum/service'
import { testDatabase } from '@continuum/service/testing'
import postgres from 'postgres'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openDataDirectory, secretsOf } from './data-directory.ts'
import { databaseUsers } from './database-users.ts'
import { localEnvironment, localInfrastructure, StartSettings, variablesOf } from './settings.ts'

/** 18.12: each service has its own database user here too. Its tables are those of its own migrations, made by an earlier release. */

const logger = createLogger({ service: 'test', level: 'silent' })
const stack = new AsyncDisposableStack()
const settings = readSettings(StartSettings, {})
const connections = new Map<string, Sql>()
let admin: Sql

const migrationsOf = (service: string) => {
  if (service === 'starter') return 'bot/src/workflow-starter/migrations'
  return service === 'dashboard' ? 'dashboard/src/store/migrations' : `${service}/src/migrations`
}
const connect = (url: string, service: string) =>
  connectDatabase({
    url,
    schema: service,
    migrations: new URL(`../../../${migrationsOf(service)}/`, import.meta.url),
    logger,
    max: 1,
  })

beforeAll(async () => {
  const database = stack.use(await testDatabase())
  admin = postgres(database.url, { max: 1, onnotice: () => undefined })
  const folder = mkdtempSync(join(tmpdir(), 'database-users-'))
  stack.defer(() => rmSync(folder, { recursive: true }))
  const secrets = secretsOf(openDataDirectory(folder, '/'))
  // An earlier release connected as the superuser.
  await Promise.all(databaseServices.map(async (service) => (await connect(database.url, service)).end()))

  const users = databaseUsers(secrets)
  expect(await users.ensure(database.url)).toBe(true)
  const environment = await localEnvironment(settings)
  for (const process of processNames) {
    const variables = variablesOf(process, { environment, settings, secrets, databaseUrl: users.urlOf })
    const service = databaseServiceOf(process)
    expect(variables['DATABASE_URL'], process).toBe(service && users.urlOf(service))
    if (service && !connections.has(service)) connections.set(service, await connect(users.urlOf(service), service))
  }
}, 60_000)

afterAll(async () => {
  await Promise.all([...connections.values()].map((sql) => sql.end()))
  await admin.unsafe(
    databaseServices
      .map((service) => `"${databaseName()}_${service}"`)
      .map((user) => `drop owned by ${user} cascade; drop role ${user};`)
      .join(''),
  )
  await admin.end()
  await stack.disposeAsync()
})

const databaseName = () => admin.options.database
const pairs = databaseServices.flatMap((one) => databaseServices.map((other) => ({ one, other })))

async function tablesOf(schema: string): Promise<string[]> {
  const rows = await admin<{ name: string }[]>`
    select tablename as name from pg_tables where schemaname = ${schema} order by tablename`
  return rows.map(({ name }) => name)
}

test.each(pairs.filter(({ one, other }) => one !== other))(
  "18.12: the user of $one reads and writes nothing of $other's",
  async ({ one, other }) => {
    const sql = connections.get(one)
    if (!sql) throw new Error(`no connection of ${one}`)
    const tables = await tablesOf(other)
    expect(tables.length).toBeGreaterThan(1)
    for (const table of tables)
      await expect(sql.unsafe(`select from "${other}"."${table}"`), table).rejects.toMatchObject({ code: '42501' })
    const name = randomUUID()
    await expect(sql.unsafe(`create table "${other}"."${name}" ()`)).rejects.toMatchObject({ code: '42501' })
    await expect(sql.unsafe(`drop schema "${other}" cascade`)).rejects.toMatchObject({ code: '42501' })
  },
)

test.each(databaseServices)('18.12: the user of %s owns every table of its own', async (service) => {
  const sql = connections.get(service)
  for (const table of await tablesOf(service)) await sql?.unsafe(`select from "${service}"."${table}"`)
  const owners = await admin`select distinct tableowner as owner from pg_tables where schemaname = ${service}`
  expect(owners).toEqual([{ owner: `${databaseName()}_${service}` }])
})

test('18.12: a process that keeps no records is told of no database', async () => {
  const environment = await loadEnvironment('local')
  const told = processNames.filter(
    (process) =>
      'DATABASE_URL' in settingsFor(process, environment, localInfrastructure(environment, settings)).variables,
  )
  expect(new Set(told.map(databaseServiceOf))).toEqual(new Set(databaseServices))
})
