import { afterAll, beforeAll, expect, test } from 'vitest'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { newEnvironment, type Environment } from './environment.ts'
import { articleXml, zip } from './small-package.ts'

/** The day of an editor and an operator at the command line of an environment that runs. */
let environment: Environment
const file = (id: string) => join(environment.data, `elife-${id}-vor-r1.zip`)

beforeAll(async () => {
  environment = await newEnvironment()
  const run = environment.start('--automatic')
  await run.line((line) => line.includes('PUBLISHED:'))
  for (const id of ['00101', '00102']) {
    writeFileSync(file(id), await zip({ [`elife-${id}.xml`]: articleXml(id, '<body><p>Text.</p></body>') }))
  }
  writeFileSync(file('00103'), 'no zip')
})
afterAll(() => environment[Symbol.asyncDispose]())

test('packages are delivered to what runs, followed until they wait for a person, and summed up', async () => {
  const { code, stdout } = await environment.command('deliver', file('00101'), file('00102'), file('00103'))
  expect(stdout).toContain('3 packages: 2 ready to publish, 1 failed\n')
  expect(stdout).toContain(`  ${file('00103')}: `)
  expect(code).toBe(1)
})

test('they are published by their ids, and a refusal is told beside what is public', async () => {
  const { code, stdout } = await environment.command('publish', '101', '00102v1', '00999', '--why', 'a test')
  expect(stdout).toBe('00101v1 is public\n00102v1 is public\n00999 REFUSED: This article has not arrived.\n')
  expect(code).toBe(1)
})

test('a start of what runs delivers to it', async () => {
  const run = environment.start('--once', '--json', file('00101'))
  expect(await run.ended).toBe(0)
  expect(JSON.parse(run.stdout.join(''))).toMatchObject({ articleId: '00101', status: 'repeated' })
})

test('a dead letter is seen with its reason, and given back', async () => {
  await environment.command('start-workflow', 'Nope', '{}')
  const dead = async () => (await environment.command('queues', 'workflow-starter-queue')).stdout
  await expect.poll(dead, { timeout: 20_000, interval: 500 }).toContain('There is no workflow "Nope".')
  const { stdout, stderr } = await environment.command('redrive', 'workflow-starter-queue', '--why', 'a test')
  expect(stdout).toContain('About 1 dead letters go back')
  expect(stderr).toBe('')
})

test('executions are listed, also those that closed', async () => {
  const { stdout } = await environment.command(
    'executions',
    '--since',
    '1h',
    '--workflow',
    'PublishPerfectArticle',
    '--json',
  )
  const listed = stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line))
  expect(listed.map(({ status }) => status)).toContain('completed')
})
