import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { createServer } from 'node:http'
import { healthPort, processNames } from '@continuum/environments'
import { expect, onTestFinished, test } from 'vitest'
import { containersOf, writableFolders, type ContainerArgs } from './container.ts'

const args: ContainerArgs = {
  process: 'worker',
  environment: { region: 'eu-west-1' },
  image: 'registry.example.org/continuum:1',
  variables: { PREFIX: 'ct-', AWS_REGION: 'eu-west-1' },
  secrets: { SITE_PASSWORD: 'arn:site-password', LAX_TOKEN: 'arn:lax-token' },
  logGroup: '/continuum/continuum-test/worker',
  exec: false,
}

const containerOf = (given: ContainerArgs) => {
  const [container, ...others] = containersOf(given)
  expect(others).toEqual([])
  return container ?? {}
}

test('it runs the command of its process, as nobody special, on a file system that only /tmp can be written in', () => {
  expect(containerOf(args)).toMatchObject({
    name: 'worker',
    image: 'registry.example.org/continuum:1',
    essential: true,
    command: ['node', 'apps/bot/src/main.ts', 'worker'],
    user: '1000:1000',
    readonlyRootFilesystem: true,
    linuxParameters: { initProcessEnabled: true, capabilities: { drop: ['ALL'] } },
    mountPoints: [{ sourceVolume: 'tmp', containerPath: '/tmp', readOnly: false }],
  })
})

test('variables and secrets are told by name, so that what did not change does not look changed', () => {
  const { variables, secrets } = args
  const turned = (record: Readonly<Record<string, string>>) => Object.fromEntries(Object.entries(record).toReversed())
  const container = containerOf(args)
  expect(container).toMatchObject({
    environment: [
      { name: 'AWS_REGION', value: 'eu-west-1' },
      { name: 'PREFIX', value: 'ct-' },
    ],
    secrets: [
      { name: 'LAX_TOKEN', valueFrom: 'arn:lax-token' },
      { name: 'SITE_PASSWORD', valueFrom: 'arn:site-password' },
    ],
  })
  expect(containerOf({ ...args, variables: turned(variables), secrets: turned(secrets) })).toEqual(container)
})

test('its log goes to the group of its process, and it has two minutes to stop', () => {
  expect(containerOf(args)).toMatchObject({
    stopTimeout: 120,
    logConfiguration: {
      logDriver: 'awslogs',
      options: { 'awslogs-group': '/continuum/continuum-test/worker', 'awslogs-region': 'eu-west-1' },
    },
  })
})

test('18.12: the database user of its service is made before it starts, by a container that alone knows the master user', () => {
  const databaseUser = {
    service: 'lax',
    masterUrl: 'postgres://continuum@db.test:5432/continuum?sslmode=verify-full',
    secrets: { master: 'arn:rds-master', own: 'arn:database-lax' },
  } as const
  const [own, making, ...more] = containersOf({ ...args, process: 'lax', databaseUser })
  expect(more).toEqual([])
  expect(own).toEqual({
    ...containerOf({ ...args, process: 'lax' }),
    dependsOn: [{ containerName: 'database-user', condition: 'SUCCESS' }],
  })
  expect(JSON.stringify(own)).not.toContain('rds-master')
  expect(making).toMatchObject({
    name: 'database-user',
    essential: false,
    user: '1000:1000',
    readonlyRootFilesystem: true,
    linuxParameters: { capabilities: { drop: ['ALL'] } },
    environment: [
      { name: 'DATABASE_URL', value: databaseUser.masterUrl },
      { name: 'SERVICE_SCHEMA', value: 'lax' },
    ],
    secrets: [
      { name: 'DATABASE_PASSWORD', valueFrom: 'arn:rds-master:password::' },
      { name: 'SERVICE_PASSWORD', valueFrom: 'arn:database-lax:password::' },
    ],
  })
  const [program, script = ''] = [making?.['command']].flat().map(String)
  expect([program, existsSync(new URL(`../../../${script}`, import.meta.url))]).toEqual(['node', true])
})

const healthCommand = (container: Readonly<Record<string, unknown>>) =>
  [Reflect.get(Object(container['healthCheck']), 'command')].flat().map(String)

test('its health check fails while nobody answers /health, and passes as soon as somebody does', async () => {
  const [kind, program = '', ...words] = healthCommand(containerOf(args))
  const server = createServer(({ url }, answer) => answer.writeHead(url === '/health' ? 200 : 404).end())
  onTestFinished(() => void server.close())
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = Object(server.address())
  const check = async () => {
    const [code] = await once(
      spawn(
        program,
        [...words].map((word) => word.replace('4680', port)),
      ),
      'close',
    )
    return code
  }
  expect([kind, await check()]).toEqual(['CMD', 0])
  server.close()
  expect(await check()).toBe(1)
})

test.each(processNames)('%s is asked at the health port, beside the port at which it serves others', (process) => {
  const container = containerOf({ ...args, process })
  const ports = [container['portMappings']].flat().map((each) => Reflect.get(Object(each), 'containerPort'))
  const serving = { 'dashboard-web': 4600, journal: 4601, lax: 4602, metrics: 4605, api: 4604, deposits: 4606 }
  const own = Object.entries(serving).flatMap(([name, port]) => (name === process ? [port] : []))
  expect(ports).toEqual([...own, healthPort])
  expect(healthCommand(container).at(-1)).toContain(`http://127.0.0.1:${healthPort}/health`)
})

test('a shell needs three more folders to write in', () => {
  expect(writableFolders(false)).toEqual({ tmp: '/tmp' })
  expect(Object.values(writableFolders(true))).toEqual([
    '/tmp',
    '/managed-agents',
    '/var/lib/amazon/ssm',
    '/var/log/amazon/ssm',
  ])
})
