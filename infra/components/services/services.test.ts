import { databaseServiceOf, processNames, rotatedSecrets, secretNames, type ProcessName } from '@continuum/environments'
import { beforeAll, describe, expect, test } from 'vitest'
import { planEnvironment, type PlannedEnvironment } from '../../proofs/testing/plan-environment.ts'
import type { Statement } from './roles/permissions.ts'

/** The services of two environments: one for trying things out, and one that is protected. */
let open: PlannedEnvironment
let prod: PlannedEnvironment
beforeAll(async () => {
  open = await planEnvironment('continuum-test')
  prod = await planEnvironment('prod')
})

const serviceOf = ({ inputsOf }: PlannedEnvironment, process: ProcessName) =>
  inputsOf('aws:ecs/service:Service', `services-${process}`)
const taskOf = ({ inputsOf }: PlannedEnvironment, process: ProcessName) =>
  inputsOf('aws:ecs/taskDefinition:TaskDefinition', `services-${process}`)
const containerOf = (of: PlannedEnvironment, process: ProcessName) => {
  const [container]: [Record<string, unknown>] = JSON.parse(String(taskOf(of, process)['containerDefinitions']))
  return container
}
const variablesOf = (of: PlannedEnvironment, process: ProcessName) =>
  Object.fromEntries(
    [containerOf(of, process)['environment']].flat().map((each) => [Object(each).name, Object(each).value]),
  )
const statementsOf = ({ inputsOf }: PlannedEnvironment, role: string): Statement[] =>
  JSON.parse(String(inputsOf('aws:iam/rolePolicy:RolePolicy', `services-${role}`)['policy'])).Statement

test('each process is a service of its own in one cluster that is watched', () => {
  expect(open.inputsOf('aws:ecs/cluster:Cluster', 'services-cluster')).toMatchObject({
    name: 'ct-continuum',
    settings: [{ name: 'containerInsights', value: 'enabled' }],
  })
  const services = open.of('aws:ecs/service:Service').map(({ inputs }) => String(inputs['name']))
  expect(services.toSorted()).toEqual(processNames.toSorted())
  for (const process of processNames) {
    const parts = open.resources.filter(({ parent }) => parent === `services-${process}`)
    expect(parts.map(({ type }) => type.split(':').at(-1))).toEqual(
      expect.arrayContaining(['LogGroup', 'Role', 'RolePolicy', 'TaskDefinition', 'Service']),
    )
  }
})

test('as many of each run as the environment says, of the size that it says', () => {
  const { processes } = prod.environment
  for (const process of processNames) {
    const { count, cpu, memory } = processes[process]
    expect(serviceOf(prod, process)['desiredCount']).toBe(count)
    expect(taskOf(prod, process)).toMatchObject({ cpu: String(cpu), memory: String(memory), networkMode: 'awsvpc' })
  }
})

test('until an image is named nothing runs: no service stands there empty, whose scaling would leave it so', async () => {
  const without = await planEnvironment('continuum-test', {}, {})
  expect(without.of('aws:ecs/service:Service')).toEqual([])
  expect(without.outputs.services).toEqual(open.outputs.services)
})

test('the address of a sick task is not given out: names have the health that ECS sees', () => {
  const names = open.of('aws:servicediscovery/service:Service')
  expect(names).toHaveLength(processNames.length)
  for (const { inputs } of names) expect(inputs).toMatchObject({ healthCheckCustomConfig: { failureThreshold: 1 } })
  for (const { inputs } of open.of('aws:ecs/service:Service').filter((each) => each.inputs['serviceRegistries']))
    expect(containerOf(open, processNames.find((name) => name === inputs['name']) ?? 'lax')).toHaveProperty(
      'healthCheck',
    )
})

test('a deployment that does not come up is taken back, and never leaves fewer running than before', () => {
  for (const process of processNames) {
    expect(serviceOf(prod, process)).toMatchObject({
      deploymentCircuitBreaker: { enable: true, rollback: true },
      deploymentMinimumHealthyPercent: 100,
      deploymentMaximumPercent: 200,
      waitForSteadyState: true,
    })
    expect(taskOf(prod, process)['skipDestroy']).toBe(true)
  }
})

test('tasks are in private subnets, without an address of the internet', () => {
  for (const process of processNames) {
    expect(serviceOf(open, process)['networkConfiguration']).toEqual({
      subnets: ['network-private-1-id', 'network-private-2-id'],
      securityGroups: ['network-tasks-id'],
      assignPublicIp: false,
    })
  }
})

test('only services are behind the load balancer, and every process is found by name within the network', () => {
  const served = (of: string) => processNames.filter((process) => serviceOf(open, process)[of] !== undefined)
  expect(served('loadBalancers')).toEqual(['dashboard-web', 'lax', 'journal', 'api'])
  expect(served('serviceRegistries')).toEqual([...processNames])
  expect(serviceOf(open, 'lax')['loadBalancers']).toMatchObject([{ containerName: 'lax', containerPort: 4602 }])
  expect(open.of('aws:servicediscovery/privateDnsNamespace:PrivateDnsNamespace')[0]?.inputs).toMatchObject({
    name: 'continuum-test.internal',
    vpc: 'network-vpc-id',
  })
})

describe('what processes are told of each other', () => {
  test('the pipeline and the site speak with lax within the network, and the pipeline with the site too', () => {
    expect(variablesOf(open, 'worker')).toMatchObject({
      LAX_URL: 'http://lax.continuum-test.internal:4602',
      SITE_URL: 'http://journal.continuum-test.internal:4601',
    })
    expect(variablesOf(open, 'journal')).toMatchObject({ LAX_URL: 'http://lax.continuum-test.internal:4602' })
  })

  test('what people follow leads to where people come in', () => {
    expect(variablesOf(open, 'dashboard-web')).toMatchObject({
      SITE_URL: 'https://continuum-test.elifesciences.org',
      PREVIEW_BASE_URL: 'https://continuum-test.elifesciences.org/',
      DASHBOARD_URL: 'https://continuum-test--dashboard.elifesciences.org',
    })
    expect(variablesOf(open, 'journal')).toMatchObject({ CDN_URL: 'https://continuum-test--cdn.elifesciences.org' })
  })

  test('the load balancer is believed who asks, and nobody else', () => {
    expect(variablesOf(open, 'dashboard-web')['TRUSTED_PROXIES']).toBe('["10.0.192.0/20","10.0.208.0/20"]')
    expect(variablesOf(open, 'worker')).not.toHaveProperty('TRUSTED_PROXIES')
  })
})

test('workers of an environment for trying out stand on spare capacity, and nothing else does', () => {
  const on = (of: PlannedEnvironment, process: ProcessName) => serviceOf(of, process)['capacityProviderStrategies']
  for (const process of processNames) {
    expect(on(prod, process)).toEqual([{ capacityProvider: 'FARGATE', weight: 1 }])
    const spare = process === 'worker' ? 'FARGATE_SPOT' : 'FARGATE'
    expect(on(open, process)).toEqual([{ capacityProvider: spare, weight: 1 }])
  }
})

describe('a shell in a task', () => {
  const actions = (of: PlannedEnvironment) =>
    statementsOf(of, 'lax-own').flatMap(({ Action }) => Action.filter((action) => action.startsWith('ssmmessages:')))

  test('can be opened where the environment is not protected', () => {
    expect(serviceOf(open, 'lax')['enableExecuteCommand']).toBe(true)
    expect(actions(open)).toHaveLength(4)
    expect(taskOf(open, 'lax')['volumes']).toHaveLength(4)
  })

  test('can be opened in a protected one only where the stack says so', async () => {
    expect(serviceOf(prod, 'lax')['enableExecuteCommand']).toBe(false)
    expect(actions(prod)).toEqual([])
    const asked = await planEnvironment('prod', {}, { tag: 'abc', exec: 'true' })
    expect(serviceOf(asked, 'lax')['enableExecuteCommand']).toBe(true)
    expect(actions(asked)).toHaveLength(4)
  })
})

test('the dashboard is told where each process tells its health, and each process which build it is', () => {
  const told = JSON.parse(variablesOf(open, 'dashboard-consumer')['PROCESSES'])
  expect(told).toEqual(processNames.map((name) => ({ name, address: `http://${name}.continuum-test.internal:4680` })))
  for (const process of processNames)
    expect(variablesOf(open, process)).toMatchObject({
      CONTINUUM_VERSION: 'abc',
      HEALTH_HOST: '0.0.0.0',
      HEALTH_PORT: '4680',
    })
})

describe('secrets', () => {
  test('18.12: each service connects as a user of its own, whose password no other is told', () => {
    for (const process of processNames) {
      const service = databaseServiceOf(process)
      const { DATABASE_URL: url, DATABASE_PASSWORD_SECRET: secret } = variablesOf(open, process)
      if (service === undefined) {
        expect([url, secret], process).toEqual([undefined, undefined])
        continue
      }
      expect(url).toMatch(new RegExp(`^postgres://continuum_${service}@[^:]+:5432/continuum\\?sslmode=verify-full$`))
      expect(secret).toMatch(new RegExp(`services-database-${service}$`))
      const { secretString } = open.inputsOf(
        'aws:secretsmanager/secretVersion:SecretVersion',
        `services-database-${service}`,
      )
      expect(JSON.parse(String(secretString))).toMatchObject({ username: `continuum_${service}` })
    }
  })

  test('are drawn, and can be had back for a month where the environment is protected', () => {
    expect(open.of('random:index/randomPassword:RandomPassword').map(({ inputs }) => inputs)).toEqual(
      // The credentials of the recipients are theirs: a person writes them.
      [
        // Of those that are rotated two values are accepted.
        ...rotatedSecrets,
        ...secretNames.filter(
          (name) => !['recipient-credentials', 'openid-client-secret', 'mail-password'].includes(name),
        ),
      ].map(() => ({ length: 48, special: false })),
    )
    expect(open.inputsOf('aws:secretsmanager/secret:Secret', 'services-lax-token')).toMatchObject({
      name: 'continuum/continuum-test/lax-token',
      recoveryWindowInDays: 0,
    })
    expect(prod.inputsOf('aws:secretsmanager/secret:Secret', 'services-lax-token')).toMatchObject({
      recoveryWindowInDays: 30,
    })
  })

  test('are read for a process only where its settings ask for them, and are in none of its variables', () => {
    const readFor = (process: ProcessName) =>
      statementsOf(open, `${process}-starting`)
        .filter(({ Action }) => Action.includes('secretsmanager:GetSecretValue'))
        .flatMap(({ Resource }) => Resource)
        .map((arn) => /services-([a-z-]+)$/.exec(arn)?.[1] ?? arn)
    // ECS reads the master user's password for the container that makes the user of a service.
    const user = (service: string) => [
      'arn:aws:secretsmanager:us-east-1:123456789012:secret:rds!ct-database',
      `database-${service}`,
    ]
    expect(readFor('decider')).toEqual([])
    expect(readFor('queue-worker')).toEqual([])
    expect(readFor('lax')).toEqual([...user('lax'), 'lax-read-token', 'lax-token'])
    expect(readFor('worker')).toEqual(['deposits-token', 'lax-token', 'site-password'])
    expect(readFor('deposits')).toEqual([...user('deposits'), 'deposits-token', 'lax-token', 'recipient-credentials'])
    expect(readFor('journal').toSorted()).toEqual(
      [...user('journal'), 'lax-read-token', 'metrics-token', 'preview-secret', 'site-password'].toSorted(),
    )
    expect(readFor('metrics').toSorted()).toEqual([...user('metrics'), 'counter-key', 'metrics-token'].toSorted())
    expect(readFor('dashboard-web').toSorted()).toEqual(
      [
        ...user('dashboard'),
        'dashboard-token',
        'deposits-token',
        'mail-password',
        'openid-client-secret',
        'preview-secret',
        'session-secret',
        'sign-in-secret',
      ].toSorted(),
    )
    for (const process of processNames) {
      const secret = [containerOf(open, process)['secrets']].flat().map((each) => Object(each).name)
      for (const name of Object.keys(variablesOf(open, process))) expect(secret).not.toContain(name)
    }
  })
})

describe('the rotation of tokens', () => {
  const secretsOf = (of: PlannedEnvironment, process: ProcessName) =>
    Object.fromEntries(
      [containerOf(of, process)['secrets']].flat().map((each) => [Object(each).name, Object(each).valueFrom]),
    )
  const drawn = ({ inputsOf }: PlannedEnvironment, name: string) =>
    inputsOf('random:index/randomPassword:RandomPassword', `services-${name}`)['keepers']

  test('whoever accepts a token is told two, and whoever sends it the one that is sent', () => {
    const { LAX_TOKEN: sent, LAX_TOKEN_SECOND: second } = secretsOf(open, 'lax')
    expect(second).toBe(`${sent}::SECOND:`)
    expect(secretsOf(open, 'worker')).toMatchObject({ LAX_TOKEN: sent })
    expect(secretsOf(open, 'worker')).not.toHaveProperty('LAX_TOKEN_SECOND')
    expect(
      open.inputsOf('aws:secretsmanager/secretVersion:SecretVersion', 'services-lax-token-second')['versionStages'],
    ).toEqual(['SECOND'])
  })

  test('a step draws the next one, and another sends it; both replace every task that has to do with tokens', async () => {
    const first = await planEnvironment('continuum-test', {}, { tag: 'abc', rotation: '1' })
    const next = await planEnvironment('continuum-test', {}, { tag: 'abc', rotation: '2' })
    const further = await planEnvironment('continuum-test', {}, { tag: 'abc', rotation: '3' })
    const pairs = [open, first, next, further].map((of) => [drawn(of, 'lax-token'), drawn(of, 'lax-token-odd')])
    expect(pairs).toEqual([
      [undefined, undefined],
      [undefined, { generation: '1' }],
      [undefined, { generation: '1' }],
      [{ generation: '2' }, { generation: '1' }],
    ])
    const labelled = (of: PlannedEnvironment) =>
      processNames.filter((process) => containerOf(of, process)['dockerLabels'] !== undefined)
    expect(labelled(open)).toEqual([])
    expect(labelled(next)).toEqual([
      'worker',
      'dashboard-web',
      'dashboard-consumer',
      'lax',
      'journal',
      'metrics',
      'deposits',
    ])
    expect(containerOf(next, 'lax')['dockerLabels']).toEqual({ 'continuum.rotation': '2' })
  })
})

test('ECS may fetch the image and write to the log of its own process alone', () => {
  const [signIn, image, log] = statementsOf(open, 'decider-starting')
  expect(signIn).toMatchObject({ Action: ['ecr:GetAuthorizationToken'], Resource: '*' })
  expect(image?.Resource).toBe('arn:aws:ecr:us-east-1:123456789012:repository/ct-continuum')
  expect(log?.Resource).toMatch(/continuum\/continuum-test\/decider:\*$/)
})

test('only tasks of ECS in this account and region may take a role', () => {
  for (const { inputs } of open.of('aws:iam/role:Role').filter(({ name }) => name.startsWith('services-'))) {
    expect(JSON.parse(String(inputs['assumeRolePolicy'])).Statement).toEqual([
      {
        Effect: 'Allow',
        Principal: { Service: 'ecs-tasks.amazonaws.com' },
        Action: 'sts:AssumeRole',
        Condition: {
          ArnLike: { 'aws:SourceArn': 'arn:aws:ecs:us-east-1:123456789012:*' },
          StringEquals: { 'aws:SourceAccount': '123456789012' },
        },
      },
    ])
  }
})

test('each process has a log of its own, which is kept as long as the environment says', () => {
  expect(prod.of('aws:cloudwatch/logGroup:LogGroup').map(({ inputs }) => inputs)).toEqual(
    expect.arrayContaining(
      processNames.map((process) => ({ name: `/continuum/prod/${process}`, retentionInDays: 365 })),
    ),
  )
})

describe('scaling', () => {
  const policyOf = (of: PlannedEnvironment, process: ProcessName) =>
    Object(
      of.inputsOf('aws:appautoscaling/policy:Policy', `services-${process}`)[
        'targetTrackingScalingPolicyConfiguration'
      ],
    )

  test('is there where the environment says how many may run at most, between its numbers', () => {
    const targets = prod.of('aws:appautoscaling/target:Target').map(({ inputs: of }) => of)
    expect(targets).toHaveLength(2)
    expect(targets).toMatchObject(
      expect.arrayContaining([
        expect.objectContaining({ resourceId: 'service/prod-continuum/worker', minCapacity: 2, maxCapacity: 12 }),
        expect.objectContaining({ resourceId: 'service/prod-continuum/journal', minCapacity: 2, maxCapacity: 6 }),
      ]),
    )
  })

  test('of workers goes by the tasks that wait for each of them, in both task lists', () => {
    const { targetValue, customizedMetricSpecification } = policyOf(open, 'worker')
    expect(targetValue).toBe(open.environment.workerConcurrency)
    const metrics = Object(customizedMetricSpecification).metrics
    const pending = (taskList: string) => ({
      namespace: 'AWS/SWF',
      metricName: 'PendingTasks',
      dimensions: [
        { name: 'Domain', value: 'Publish.ct' },
        { name: 'TaskListName', value: taskList },
      ],
    })
    expect(metrics).toMatchObject([
      { id: 'activities', returnData: false, metricStat: { stat: 'Sum', metric: pending('activities') } },
      { id: 'images', returnData: false, metricStat: { stat: 'Sum', metric: pending('images') } },
      { id: 'running', returnData: false, metricStat: { metric: { metricName: 'RunningTaskCount' } } },
      { expression: '(FILL(activities, 0) + FILL(images, 0)) / IF(running < 1, 1, running)', returnData: true },
    ])
  })

  test('of services goes by how busy they are', () => {
    expect(policyOf(prod, 'journal')).toMatchObject({
      targetValue: 60,
      predefinedMetricSpecification: { predefinedMetricType: 'ECSServiceAverageCPUUtilization' },
    })
  })
})

test('images are kept under tags that never change their meaning, scanned, and not for ever', () => {
  expect(open.inputsOf('aws:ecr/repository:Repository', 'services-images')).toMatchObject({
    name: 'ct-continuum',
    imageTagMutability: 'IMMUTABLE',
    imageScanningConfiguration: { scanOnPush: true },
    forceDelete: true,
  })
  expect(prod.inputsOf('aws:ecr/repository:Repository', 'services-images')).toMatchObject({ forceDelete: false })
  const { policy } = open.inputsOf('aws:ecr/lifecyclePolicy:LifecyclePolicy', 'services-images-kept')
  expect(JSON.parse(String(policy)).rules).toMatchObject([
    { description: 'runs: bot, dashboard, lax, journal, metrics, api, deposits', selection: { tagStatus: 'tagged' } },
    { selection: { tagStatus: 'untagged', countNumber: 7 } },
    { selection: { countType: 'imageCountMoreThan', countNumber: 50 } },
  ])
})
