import { execFile } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { DeciderSettings, QueueWorkerSettings, WorkerSettings, WorkflowStarterSettings } from '@continuum/settings'
import { DashboardSettings, DepositsSettings } from '@continuum/settings'
import { JournalSettings } from '@continuum/settings'
import { ApiSettings, LaxAdaptorSettings, LaxSettings, MetricsSettings } from '@continuum/settings'
import { readSettings } from '@continuum/service'
import { expect, test } from 'vitest'
import { processNames } from '../model/environment.ts'
import { environmentNames, loadEnvironment } from '../load/folder.ts'
import { storageChoices } from './storage-choices.ts'
import { settingsFor, type ProcessContext } from './settings-for.ts'

const secret = 'arn:aws:secretsmanager:us-east-1:123456789012:secret:rds!db-1'
const context: ProcessContext = {
  addresses: {
    dashboard: 'https://dashboard.test',
    journal: 'https://journal.test',
    lax: 'https://lax.test',
    api: 'https://api.test',
    metrics: 'http://metrics.test:4605',
    cdn: 'https://cdn.test',
    deposits: 'https://deposits.test',
  },
  database: { url: 'postgres://continuum@db.test:5432/continuum', passwordSecret: secret },
}
const schemas = {
  decider: DeciderSettings,
  worker: WorkerSettings,
  'queue-worker': QueueWorkerSettings,
  'workflow-starter': WorkflowStarterSettings,
  'dashboard-web': DashboardSettings,
  'dashboard-consumer': DashboardSettings,
  lax: LaxSettings,
  'lax-adaptor': LaxAdaptorSettings,
  journal: JournalSettings,
  metrics: MetricsSettings,
  api: ApiSettings,
  deposits: DepositsSettings,
}

test('what a process is told is what its service reads, in every environment; no secret is among the variables', async () => {
  for (const name of await environmentNames()) {
    const environment = await loadEnvironment(name)
    for (const process of processNames) {
      const { variables, secrets } = settingsFor(process, environment, context)
      expect(Object.keys(variables).filter((variable) => variable in secrets)).toEqual([])
      const values = Object.keys(secrets).map((variable) => [
        variable,
        variable === 'RECIPIENT_CREDENTIALS' ? '{}' : 'a-secret-of-many-characters',
      ])
      const read: object = readSettings(schemas[process], { ...variables, ...Object.fromEntries(values) })
      if ('DATABASE_URL' in read) expect(read).toMatchObject({ DATABASE_PASSWORD_SECRET: secret })
      if ('PREFIX' in read)
        expect(read).toMatchObject({ ENVIRONMENT: name, PREFIX: environment.prefix, AWS_REGION: environment.region })
    }
  }
})

test('a process is told what it needs and no more', async () => {
  const environment = await loadEnvironment('continuum-test')
  const { variables, secrets, seconds } = settingsFor('lax', environment, context)
  expect(Object.keys(variables).toSorted()).toEqual([
    'AWS_REGION',
    'AWS_SDK_UA_APP_ID',
    'DATABASE_PASSWORD_SECRET',
    'DATABASE_URL',
    'ENVIRONMENT',
    'HEALTH_HOST',
    'HEALTH_PORT',
    'HOST',
    'JOURNALS',
    'LISTEN_FOR_CHANGES',
    'LOG_LEVEL',
    'ORGANISATION',
    'PORT',
    'PREFIX',
    'STOP_SECONDS',
    'STOP_WITH_PARENT',
  ])
  expect(secrets).toEqual({ LAX_TOKEN: 'lax-token', LAX_READ_TOKEN: 'lax-read-token' })
  expect(seconds).toEqual({ LAX_TOKEN_SECOND: 'lax-token', LAX_READ_TOKEN_SECOND: 'lax-read-token' })
  expect(settingsFor('queue-worker', environment, context).secrets).toEqual({})
})

test('only what others reach serves beyond its own container; health is told to the whole network', async () => {
  const environment = await loadEnvironment('prod')
  const open = processNames.filter(
    (process) => settingsFor(process, environment, context).variables['HOST'] === '0.0.0.0',
  )
  expect(open).toEqual(['dashboard-web', 'lax', 'journal', 'metrics', 'api', 'deposits'])
  for (const process of processNames)
    expect(settingsFor(process, environment, context).variables).toMatchObject({
      HEALTH_HOST: '0.0.0.0',
      HEALTH_PORT: '4680',
    })
})

test('requests of the site are counted once: by it, or of the logs of the CDN before it, whose word on readers it then takes', async () => {
  const environment = await loadEnvironment('prod')
  const told = (
    changes: Partial<typeof environment>,
    more: Partial<ProcessContext> = { proxies: ['10.0.192.0/20'] },
  ) => {
    const { variables } = settingsFor('journal', { ...environment, ...changes }, { ...context, ...more })
    return [variables['COUNTS_USAGE'], variables['BEHIND_CDN']]
  }
  expect(told({})).toEqual(['true', 'true'])
  expect(told({ usageSource: 'cdn-logs' })).toEqual(['false', 'true'])
  expect(told({ cdn: { priceClass: 'PriceClass_100', journal: false } })).toEqual(['true', 'false'])
  expect(told({}, {})).toEqual(['true', 'false'])
  const counted = (usageSource: 'journal' | 'cdn-logs') => storageChoices({ ...environment, usageSource }).countedLogs
  expect([counted('journal'), counted('cdn-logs')]).toEqual([['cdn'], ['cdn', 'journal']])
})

test('without a database, what keeps records is refused in words, and what keeps none is not', async () => {
  const environment = await loadEnvironment('local')
  const { database: _, ...bare } = context
  expect(() => settingsFor('lax', environment, bare)).toThrow(
    'lax of local needs a database: add one to local.ts (database: ...)',
  )
  expect(settingsFor('worker', environment, bare).variables).not.toHaveProperty('DATABASE_URL')
})

test('a setting that a service adds, and nobody gives, does not compile', { timeout: 60_000 }, async () => {
  const root = fileURLToPath(new URL('../../../..', import.meta.url))
  mkdirSync(join(root, '.nx'), { recursive: true })
  const folder = mkdtempSync(join(root, '.nx', 'settings-'))
  const source = readFileSync(new URL('settings-for.ts', import.meta.url), 'utf8')
    .replaceAll("from './", "from '../../infra/environments/src/derive/")
    .replaceAll("from '../model/", "from '../../infra/environments/src/model/")
  // The real file, beside a lax that wants something more.
  const wants = (setting: string) =>
    source
      .replace('LaxAdaptorSettings, LaxSettings, Met', 'LaxAdaptorSettings, LaxSettings as Known, Met')
      .replace(
        'const schemas =',
        `const LaxSettings = Type.Object({ ...Known.properties, ${setting} })\nconst schemas =`,
      )
  try {
    writeFileSync(join(folder, 'as-it-is.ts'), source)
    writeFileSync(join(folder, 'required.ts'), wants('NEW_SETTING: Type.String()'))
    writeFileSync(join(folder, 'defaulted.ts'), wants('NEW_SETTING: Type.Integer({ default: 1 })'))
    writeFileSync(join(folder, 'optional.ts'), wants('NEW_SETTING: Type.Optional(Type.String())'))
    writeFileSync(join(folder, 'retyped.ts'), wants('LOG_LEVEL: Type.Integer()'))
    writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify({ extends: '../../tsconfig.json', include: ['*.ts'] }))
    const tsc = join(root, 'node_modules/typescript/bin/tsc')
    const said = await promisify(execFile)(process.execPath, [tsc, '-p', folder], { cwd: root }).then(
      ({ stdout }) => stdout,
      (error: unknown) => String(Object(error).stdout),
    )
    const faulty = new Set(said.matchAll(/^\S*?(\w[\w-]*)\.ts\(\d+,\d+\): error/gm).map(([, file]) => file))
    expect(faulty, said).toEqual(new Set(['defaulted', 'optional', 'required', 'retyped']))
    expect(said).toMatch(/required\.ts.*: error TS2741: Property 'NEW_SETTING' is missing/)
  } finally {
    rmSync(folder, { recursive: true })
  }
})
