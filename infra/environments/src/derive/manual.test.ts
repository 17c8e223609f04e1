import { existsSync, readFileSync } from 'node:fs'
import { namesOf } from '@continuum/aws-resources'
import { expect, test } from 'vitest'
import { loadEnvironment, sourcedEnvironment } from '../load/folder.ts'
import { hostsOf } from '../model/hosts.ts'
import { settingsFor } from './settings-for.ts'

/** Holds docs/environments.md, which compares `continuum-test` with the original system's, to the code. */
const read = (path: string) => readFileSync(new URL(`../../../../${path}`, import.meta.url), 'utf8')
const rows = read('docs/environments.md')
  .split('\n')
  .filter((line) => line.startsWith('| `') || line.startsWith('| the SWF domain'))
  .map((line) => line.split('|').map((cell) => cell.trim()))
  .map(([, setting = '', theirs = '', ours = '', where = '']) => ({ setting, theirs, ours, where }))
const coded = (cell: string) => [...cell.matchAll(/`([^`]+)`/g)].map(([, code = '']) => code)

const environment = await loadEnvironment('continuum-test')
const hosts = hostsOf(environment)
const address = (host = '') => `https://${host}`
const told = ['dashboard-web', 'dashboard-consumer'] as const
const variables = told.map(
  (process) =>
    settingsFor(process, environment, {
      addresses: {
        dashboard: address(hosts?.dashboard),
        journal: address(hosts?.journal),
        lax: address(hosts?.lax),
        api: address(hosts?.api),
        metrics: 'http://metrics.internal:4605',
        cdn: address(hosts?.cdn),
        deposits: 'http://deposits',
      },
      database: { url: 'postgres://u@h/d', passwordSecret: 'arn:aws:secretsmanager:us-east-1:1:secret:x' },
    }).variables,
)

test('each variable that the table gives is what the dashboard is started with', () => {
  const given = rows.flatMap(({ ours }) => coded(ours)).filter((code) => /^[A-Z_]+(=|$)/.test(code))
  expect(given.length).toBeGreaterThan(8)
  for (const code of given)
    for (const each of variables) {
      const [name = '', value] = code.split('=')
      expect(each, code).toHaveProperty(name, value ?? expect.any(String))
    }
})

test('each name of a bucket, queue or domain that the table gives is the environment’s', () => {
  const { buckets, queues, domain } = namesOf(environment)
  const known: string[] = [...Object.values(buckets), ...Object.values(queues), domain]
  const given = rows.flatMap(({ ours }) => coded(ours)).filter((code) => /^(ct-.|Publish)/.test(code))
  expect(given.length).toBeGreaterThan(9)
  expect(given.filter((name) => !known.includes(name))).toEqual([])
})

test('where a value is said is where it is from', async () => {
  const { sources } = await sourcedEnvironment('continuum-test')
  const said = rows.flatMap(({ where }) => [...where.matchAll(/`([\w.]+)` in `([\w-]+\.ts)`/g)])
  expect(said.length).toBeGreaterThan(6)
  for (const [, path = '', file] of said) {
    const from = [...sources].filter(([known]) => known === path || known.startsWith(`${path}.`))
    expect(
      from.map(([, source]) => source),
      path,
    ).toContain(file)
  }
})

const manual = new URL('../../../../../shared/reference/original-manual.md', import.meta.url)
test.runIf(existsSync(manual))('the left half of the table is the manual’s, all of its dashboard settings', () => {
  const text = readFileSync(manual, 'utf8')
  const file = text.slice(text.indexOf('{% set app'), text.indexOf('We can now bring up this instance'))
  const theirs = [...file.matchAll(/^\t(\w+) = (.*)$/gm)].map(([, name = '', value = '']) => ({ name, value }))
  expect(theirs).toHaveLength(15)
  for (const { name, value } of theirs) {
    const row = rows.find(({ setting }) => coded(setting).includes(name))
    expect(row, name).toBeDefined()
    if (!value.includes('{{')) expect(coded(row?.theirs ?? ''), name).toContain(value)
  }
})
