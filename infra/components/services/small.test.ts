import {
  databaseServices,
  partOf,
  processNames,
  serviceNameOf,
  sharedProcesses,
  type ProcessName,
} from '@continuum/environments'
import { beforeAll, expect, test } from 'vitest'
import { UnsupportedEnvironmentError } from '../../guards.ts'
import { planEnvironment, type PlannedEnvironment } from '../../proofs/testing/plan-environment.ts'
import { permissions, type Statement } from './roles/permissions.ts'
import { united } from './roles/union.ts'

interface Container {
  name: string
  essential: boolean
  command: string[]
  cpu?: number
  memory?: number
  restartPolicy?: { enabled: boolean }
  dockerLabels?: Record<string, string>
  dependsOn?: { containerName: string; condition: string }[]
  environment: { name: string; value: string }[]
  secrets: { name: string; valueFrom: string }[]
  portMappings?: { containerPort: number }[]
}

/** The environment whose processes share a task. */
let small: PlannedEnvironment
let containers: Container[]
beforeAll(async () => {
  small = await planEnvironment('small')
  const [task] = small.of('aws:ecs/taskDefinition:TaskDefinition')
  containers = JSON.parse(String(task?.inputs['containerDefinitions']))
})
const named = (name: string) => containers.find((each) => each.name === name)
const variablesOf = (name: string) =>
  Object.fromEntries((named(name)?.environment ?? []).map((each) => [each.name, each.value]))

test('all processes are in one task of one service, on the processors that the environment asks for', () => {
  expect(small.of('aws:ecs/service:Service').map(({ inputs }) => inputs)).toMatchObject([
    { name: 'services', desiredCount: 1, capacityProviderStrategies: [{ capacityProvider: 'FARGATE' }] },
  ])
  expect(small.of('aws:ecs/taskDefinition:TaskDefinition').map(({ inputs }) => inputs)).toMatchObject([
    { cpu: '256', memory: '2048', runtimePlatform: { cpuArchitecture: 'ARM64' } },
  ])
  const run = [...(named('services')?.command.slice(2) ?? []), ...(named('worker')?.command.slice(2) ?? [])]
  expect(run.toSorted()).toEqual([...new Set(processNames.map(serviceNameOf))].toSorted())
})

test('the worker is beside the services: neither takes their half of the memory, and each is started again by itself', () => {
  expect(named('services')).toMatchObject({ cpu: 192, memory: 1024, restartPolicy: { enabled: true } })
  expect(named('worker')).toMatchObject({ cpu: 64, memory: 1024, restartPolicy: { enabled: true } })
})

test('the database users of all services are made before, by containers that alone know the master user', () => {
  const making = containers.filter(({ essential }) => !essential)
  expect(making.map(({ name }) => name)).toEqual(databaseServices.map((service) => `database-user-${service}`))
  expect(named('services')?.dependsOn).toEqual(
    making.map(({ name }) => ({ containerName: name, condition: 'SUCCESS' })),
  )
  for (const name of ['services', 'worker']) expect(JSON.stringify(named(name))).not.toContain('secret:rds!')
})

test('each service is told what it would be told alone, but that the others are at the loopback of its task', async () => {
  const apart = await planEnvironment('small', {
    shape: 'separate',
    processes: (await planEnvironment('continuum-test')).environment.processes,
  })
  const alone = (process: ProcessName): Record<string, string> => {
    const task = apart.inputsOf('aws:ecs/taskDefinition:TaskDefinition', `services-${process}`)
    const [container]: [Container] = JSON.parse(String(task['containerDefinitions']))
    return Object.fromEntries(container.environment.map(({ name, value }) => [name, value]))
  }
  const differing = [
    'AWS_SDK_UA_APP_ID',
    'DATABASE_PASSWORD_SECRET',
    'HOST',
    'HEALTH_HOST',
    'PROCESSES',
    'TRUSTED_PROXIES',
  ]
  for (const process of sharedProcesses) {
    const told = partOf(process, variablesOf('services'))
    for (const [name, value] of Object.entries(alone(process)))
      if (!differing.includes(name))
        expect(told[name], `${process} ${name}`).toBe(value.replaceAll(/\/\/[a-z-]+\.small\.internal/g, '//127.0.0.1'))
  }
})

test('a password of the database is at its own key of the one generated secret, and so is every token', () => {
  expect(variablesOf('services')['LAX_DATABASE_PASSWORD_SECRET']).toMatch(/:database-lax::$/)
  const secrets = small.of('aws:secretsmanager/secret:Secret').map(({ inputs }) => String(inputs['name']))
  expect(secrets.toSorted()).toEqual([
    'continuum/small/generated',
    'continuum/small/mail-password',
    'continuum/small/openid-client-secret',
    'continuum/small/recipient-credentials',
  ])
  const keys = small
    .of('random:index/randomPassword:RandomPassword')
    .map(({ name }) => name.replace('services-', '').replace(/-odd$/, '-second'))
  const told = containers.flatMap(({ secrets: of }) => of.map(({ valueFrom }) => valueFrom))
  const wanted = told.flatMap((from) => /generated.*:([^:]+)::$/.exec(from)?.[1] ?? [])
  expect(new Set(wanted)).toEqual(new Set(keys))
})

test('tokens are rotated in two steps as in every other shape: two values are keys of the secret, and each step replaces the task', async () => {
  const told = new Map((named('services')?.secrets ?? []).map(({ name, valueFrom }) => [name, valueFrom]))
  expect(told.get('LAX_TOKEN')).toMatch(/:lax-token::$/)
  expect(told.get('LAX_TOKEN_SECOND')).toBe(told.get('LAX_TOKEN')?.replace(':lax-token::', ':lax-token-second::'))
  const stepped = async (rotation: number) => {
    const { inputsOf } = await planEnvironment('small', {}, { tag: 'abc', rotation: String(rotation) })
    const { containerDefinitions } = inputsOf('aws:ecs/taskDefinition:TaskDefinition', 'services-shared')
    const drawn = (name: string) => inputsOf('random:index/randomPassword:RandomPassword', name)['keepers']
    const defined: Container[] = JSON.parse(String(containerDefinitions))
    return {
      labels: defined.flatMap(({ essential, dockerLabels }) => (essential ? [dockerLabels] : [])),
      drawn: [drawn('services-lax-token'), drawn('services-lax-token-odd')],
    }
  }
  const label = (step: string) => ({ 'continuum.rotation': step })
  expect(await stepped(0)).toEqual({ labels: [undefined, undefined], drawn: [undefined, undefined] })
  expect(await stepped(1)).toEqual({ labels: [label('1'), label('1')], drawn: [undefined, { generation: '1' }] })
  expect(await stepped(2)).toEqual({ labels: [label('2'), label('2')], drawn: [undefined, { generation: '1' }] })
})

test('the load balancer reaches what is public and nothing else does; nothing costs by the hour for the way to AWS', () => {
  const [service] = small.of('aws:ecs/service:Service')
  expect(service?.inputs['loadBalancers']).toMatchObject(
    [4600, 4601, 4602, 4604].map((containerPort) => ({ containerName: 'services', containerPort })),
  )
  expect(service?.inputs['networkConfiguration']).toEqual({
    subnets: ['network-public-1-id', 'network-public-2-id'],
    securityGroups: ['network-tasks-id'],
    assignPublicIp: true,
  })
  const inward = small
    .of('aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule')
    .filter(({ inputs }) => inputs['securityGroupId'] === 'network-tasks-id')
  expect(inward.map(({ inputs }) => inputs['fromPort'])).toEqual([4600, 4602, 4601, 4604])
  for (const { inputs } of inward) expect(inputs['referencedSecurityGroupId']).toBe('network-load-balancer-id')
  expect(small.of('aws:ec2/natGateway:NatGateway')).toEqual([])
  expect(small.of('aws:ec2/vpcEndpoint:VpcEndpoint').map(({ inputs }) => inputs['vpcEndpointType'])).toEqual([
    'Gateway',
  ])
  expect(small.of('aws:servicediscovery/privateDnsNamespace:PrivateDnsNamespace')).toEqual([])
  expect(small.inputsOf('aws:ecs/cluster:Cluster', 'services-cluster')['settings']).toEqual([
    { name: 'containerInsights', value: 'disabled' },
  ])
})

test('what holds data is as safe as in every other shape', () => {
  expect(small.inputsOf('aws:rds/instance:Instance', 'database')).toMatchObject({
    storageEncrypted: true,
    publiclyAccessible: false,
    backupRetentionPeriod: 7,
  })
  expect(small.inputsOf('aws:rds/subnetGroup:SubnetGroup', 'database-subnets')['subnetIds']).toEqual([
    'network-private-1-id',
    'network-private-2-id',
  ])
})

test('one task has one image: a tag for one app alone is refused', async () => {
  const refusal = await planEnvironment('small', {}, { tag: 'a', 'tag-lax': 'b' }).catch((error: unknown) => error)
  expect(refusal).toBeInstanceOf(UnsupportedEnvironmentError)
  expect(refusal).toMatchObject({ message: expect.stringContaining('different tags (a, b)') })
})

test('with alarms it is told when the task does not run, without Container Insights', async () => {
  const { of } = await planEnvironment('small', {
    alarms: {
      email: ['a@example.org'],
      oldestMessageMinutes: 30,
      stalledPollerMinutes: 10,
      databaseFreeGigabytes: 4,
      slowSeconds: 2,
      monthlyDollars: 80,
    },
  })
  const tasks = of('aws:cloudwatch/metricAlarm:MetricAlarm').filter(({ name }) => name.endsWith('-tasks'))
  expect(tasks.map(({ inputs }) => inputs)).toMatchObject([
    { namespace: 'AWS/ECS', metricName: 'CPUUtilization', statistic: 'SampleCount', treatMissingData: 'breaching' },
  ])
  expect(JSON.stringify(of('aws:cloudwatch/dashboard:Dashboard'))).not.toContain('ContainerInsights')
})

test('permissions that are united allow what they allow apart, and nothing else', () => {
  const arn = (name: string) => `arn:${name}`
  const statements: Statement[] = [
    { Effect: 'Allow', Action: ['a', 'b'], Resource: arn('one') },
    { Effect: 'Allow', Action: ['c'], Resource: [arn('one'), arn('two')] },
    { Effect: 'Allow', Action: ['a'], Resource: arn('two'), Condition: { StringEquals: { key: 'x' } } },
    { Effect: 'Allow', Action: ['c'], Resource: arn('three') },
  ]
  const pairs = (of: readonly Statement[]) =>
    new Set(
      of.flatMap(({ Action, Resource, Condition }) =>
        Action.flatMap((action) => [Resource].flat().map((on) => `${action} ${on} ${JSON.stringify(Condition)}`)),
      ),
    )
  expect(pairs(united(statements))).toEqual(pairs(statements))
  expect(united(statements)).toHaveLength(3)
  expect(Object.keys(permissions).toSorted()).toEqual(processNames.toSorted())
})
