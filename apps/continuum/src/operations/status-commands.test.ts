import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { createServer, type RequestListener } from 'node:http'
import { startAwsLocal } from '@continuum/aws-local'
import { createClients, namesOf, provision } from '@continuum/aws-resources'
import { loadEnvironment, processNames } from '@continuum/environments'
import { Command } from 'commander'
import { Check } from 'typebox/schema'
import { expect, onTestFinished, test, vi } from 'vitest'
import { standIn } from '../environments/aws.fixture.ts'
import { statusCommands } from './status-commands.ts'

/** `continuum status --env`, before AWS's services as stand-ins, a real SQS and SWF, and what the dashboard answers. */

async function listen(answer: RequestListener): Promise<string> {
  const server = createServer(answer).listen(0, '127.0.0.1')
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  await once(server, 'listening')
  return `http://127.0.0.1:${Object(server.address()).port}`
}

const nothing = { version: null, started_at: null, last_sign_of_life: null, memory_bytes: null, cpu_share: null }
const answer = {
  looked_at: '2026-11-30T12:00:00.000Z',
  processes: [
    {
      name: 'worker',
      restarts: 3,
      tasks: [
        {
          state: 'running',
          version: 'abc1234',
          started_at: '2026-11-30T11:00:00.000Z',
          last_sign_of_life: '2026-11-30T12:00:00.000Z',
          memory_bytes: 1e8,
          cpu_share: 0.1,
          shares_with: null,
          pollers: [{ name: 'activities', last_sign_of_life: '2026-11-30T12:00:00.000Z' }],
        },
        { ...nothing, state: 'gone', shares_with: null, pollers: [] },
      ],
    },
  ],
}

/** Runs the command, with as many tasks of each service as should run, or fewer. */
async function status(running: number, ...args: readonly string[]) {
  const aws = await startAwsLocal()
  onTestFinished(() => aws.close())
  const environment = await loadEnvironment('continuum-test')
  const service = (serviceName: string) => ({ serviceName, status: 'ACTIVE', desiredCount: 1, runningCount: running })
  await standIn('ECS', { DescribeServices: () => ({ services: processNames.map(service) }) })
  await standIn('SECRETS_MANAGER', { GetSecretValue: () => ({ SecretString: 'the token' }) })
  const arn = 'arn:aws:sts::123456789012:assumed-role/Operators/ada'
  const caller = `<GetCallerIdentityResult><Arn>${arn}</Arn></GetCallerIdentityResult>`
  vi.stubEnv(
    'AWS_ENDPOINT_URL_STS',
    await listen((_, reply) =>
      reply
        .setHeader('content-type', 'text/xml')
        .end(`<GetCallerIdentityResponse>${caller}</GetCallerIdentityResponse>`),
    ),
  )
  vi.stubEnv('AWS_ENDPOINT_URL', aws.url)
  await provision(createClients({ region: environment.region }), namesOf(environment), () => undefined)
  const printed = vi.spyOn(console, 'log').mockImplementation(() => undefined)
  onTestFinished(() => {
    printed.mockRestore()
    process.exitCode = undefined
  })
  const program = new Command()
  statusCommands(program, program.command('env'), '/', ['--data <folder>', 'the data', '.continuum'])
  await program.parseAsync(['status', '--env', 'continuum-test', ...args], { from: 'user' })
  return { said: String(printed.mock.calls.at(-1)?.[0]), exitCode: process.exitCode }
}

const dashboard = (said: typeof answer = answer) =>
  listen(({ headers, url }, reply) => {
    const may = headers.authorization === 'Bearer the token' && url === '/api/processes'
    reply.writeHead(may ? 200 : 404, { 'content-type': 'application/json' }).end(JSON.stringify(said))
  })

test('the answer of these tests is one that the contract of the dashboard allows', () => {
  const contract = JSON.parse(readFileSync(new URL('../../../dashboard/openapi.json', import.meta.url), 'utf8'))
  const reply = contract.paths['/api/processes'].get.responses[200]
  expect(Check(reply.content['application/json'].schema, answer)).toBe(true)
})

test('status of an environment in AWS has the versions and restarts that the dashboard shows', async () => {
  const { said, exitCode } = await status(1, '--url', await dashboard())
  const lines = said.split('\n').map((line) => line.replaceAll(/ +/g, ' '))
  expect(lines).toContain(' worker 1 1 0 -')
  expect(lines).toContainEqual(expect.stringMatching(/^ worker running \d+ s ago 3 abc1234 2026-11-30T11:00:00\.000Z$/))
  // Another task of it runs: nobody is needed.
  expect(lines).toContainEqual(expect.stringMatching(/^ worker gone none - -$/))
  expect(exitCode).toBeUndefined()
})

const gone = { ...nothing, state: 'gone', shares_with: null, pollers: [] }

test.each([
  ['gone', [gone, gone]],
  ['absent', [{ ...gone, state: 'absent' }]],
])('a service of which every task is %s is down: it is marked, and the exit code is 1', async (state, tasks) => {
  const lax = { name: 'lax', restarts: 0, tasks }
  const url = await dashboard({ ...answer, processes: [...answer.processes, lax] })
  const { said, exitCode } = await status(1, '--url', url)
  const marked = said.split('\n').filter((line) => line.startsWith('!'))
  expect(marked).toHaveLength(tasks.length)
  for (const line of marked) expect(line).toMatch(new RegExp(`^! lax +${state} `))
  expect(exitCode).toBe(1)
})

test('with --json it is data; the exit code is 1 where a service has fewer tasks than it should', async () => {
  const { said, exitCode } = await status(0, '--json', '--url', await dashboard())
  const [worker] = answer.processes
  expect(JSON.parse(said)).toMatchObject({
    environment: 'continuum-test',
    processes: { processes: [{ name: worker?.name, restarts: 3 }] },
  })
  expect(exitCode).toBe(1)
})

test('while the dashboard does not answer, the rest is told all the same', async () => {
  const { said } = await status(1, '--url', 'http://127.0.0.1:9')
  expect(said).toContain('! Versions and restarts are unknown: the dashboard does not answer')
  expect(said).toMatch(/ worker +1 +1 +0/)
})
