import { loadEnvironment, sourcedEnvironment } from '@continuum/environments'
import { expect, test } from 'vitest'
import { configText, processConfig, processConfigText, parseProcessName, valuesOf } from './config.ts'
import { listText } from './list.ts'

test('every value of an environment is told once, with the file that it is from', async () => {
  const sourced = await sourcedEnvironment('continuum-test')
  const lines = configText(sourced)
    .split('\n')
    .map((line) => line.trim().replaceAll(/ {2,}/g, ' | '))
  expect(lines).toContain('prefix | ct- | continuum-test.ts')
  expect(lines).toContain('processes.worker.memory | 2048 | defaults.ts')
  expect(lines).toContain('journals | eLife | continuum-test.ts')
  expect(lines).toContain('name | continuum-test | derived')
  expect(valuesOf(sourced)).toHaveLength(sourced.sources.size)
  expect(configText(await sourcedEnvironment('prod'))).toMatch(/prefix +\(empty\) +prod\.ts/)
})

test('a process is told its variables and the names of its secrets, never a secret', async () => {
  const text = processConfigText(processConfig('journal', await loadEnvironment('continuum-test')))
  expect(text).toContain('PORT=4601')
  expect(text).toContain('LAX_URL=http://lax.continuum-test.internal:4602')
  expect(text).toContain('DATABASE_URL=(known after creation)')
  expect(text).toContain('SITE_PASSWORD=secret site-password')
})

test('what asks for a process or a database that is not there is refused in words', async () => {
  expect(() => parseProcessName('bot')).toThrow('There is no process "bot". There are: decider, worker,')
  const local = await loadEnvironment('local')
  expect(() => processConfig('lax', local)).toThrow('lax of local needs a database')
})

test('the list shows what is not right beside what is', async () => {
  const rows = listText([await loadEnvironment('prod'), { name: 'odd', problem: 'odd.ts: region must be ...' }])
    .split('\n')
    .map((row) => row.replaceAll(/ +/g, ' '))
  expect(rows).toEqual([
    'environment region prefix protected dashboard',
    'prod us-east-1 (none) protected prod--dashboard.elifesciences.org',
    'odd odd.ts: region must be ...',
  ])
})
