import { readFileSync } from 'node:fs'
import { beforeAll, describe, expect, test } from 'vitest'
import { plannedStacks } from '../proofs/plan/golden.ts'
import { plannedOnce } from '../proofs/plan/planned-once.ts'
import type { Plan, PlannedResource } from '../proofs/plan/resource.ts'
import type { Properties } from '../proofs/wire/values.ts'
import { asked } from './arguments.ts'
import { usual } from './assumptions.ts'
import { estimate } from './estimate.ts'
import { free, priced } from './priced.ts'
import { summaryOf, tableOf } from './table.ts'

const resource = (type: string, inputs: Properties = {}, outputs: Properties = {}): PlannedResource => ({
  urn: type,
  type,
  name: 'it',
  id: 'it',
  custom: true,
  inputs,
  outputs,
  drawn: [],
  protect: false,
  retainOnDelete: false,
  ignoreChanges: [],
  dependencies: [],
})
const plan = (...resources: PlannedResource[]): Plan => ({ stack: 'press', resources, outputs: {} })
const service = (name: string, more: Properties = {}) =>
  resource('aws:ecs/service:Service', {
    name,
    taskDefinition: 'arn:task',
    desiredCount: 2,
    capacityProviderStrategies: [{ capacityProvider: 'FARGATE' }],
    ...more,
  })
const task = resource(
  'aws:ecs/taskDefinition:TaskDefinition',
  { cpu: '512', memory: '1024', runtimePlatform: { cpuArchitecture: 'ARM64' } },
  { arn: 'arn:task' },
)
const nobody = { articles: 0, megabytes: 0, months: 0, gigabytes: 0, pages: 0 }

describe('against sums by hand', () => {
  const sumOf = (...resources: PlannedResource[]) => estimate(plan(...resources), nobody).fixed

  test('two tasks of half a processor and a GB, with addresses of the internet', () => {
    const addressed = service('web', { networkConfiguration: { assignPublicIp: true } })
    // 730 hours of 2 x 0.5 processors and 2 x 1 GB on arm64, and of 2 addresses.
    expect(sumOf(addressed, task)).toBeCloseTo(730 * (1 * 0.032_38 + 2 * 0.003_56 + 2 * 0.005), 6)
    const spot = service('web', { capacityProviderStrategies: [{ capacityProvider: 'FARGATE_SPOT' }] })
    expect(sumOf(spot, task)).toBeCloseTo(730 * (1 * 0.032_38 + 2 * 0.003_56) * 0.3, 6)
  })

  test('a database in two zones, and its secret', () => {
    const database = { instanceClass: 'db.m7g.large', allocatedStorage: 100, manageMasterUserPassword: true }
    const one = 730 * 0.168 + 100 * 0.115
    expect(sumOf(resource('aws:rds/instance:Instance', { ...database, multiAz: true }))).toBeCloseTo(2 * one + 0.4, 6)
    expect(sumOf(resource('aws:rds/instance:Instance', { ...database, multiAz: false }))).toBeCloseTo(one + 0.4, 6)
  })

  test('Aurora, which does not pause: connections that hear of changes stay open', () => {
    const cluster = resource('aws:rds/cluster:Cluster', { serverlessv2ScalingConfiguration: { minCapacity: 0 } })
    const member = resource('aws:rds/clusterInstance:ClusterInstance')
    expect(sumOf(cluster, member)).toBeCloseTo(730 * 0.5 * 0.12, 6)
  })

  test('a load balancer in two zones, an endpoint in one, a NAT gateway', () => {
    expect(sumOf(resource('aws:lb/loadBalancer:LoadBalancer', { subnets: ['a', 'b'] }))).toBeCloseTo(
      730 * (0.0225 + 2 * 0.005),
      6,
    )
    expect(
      sumOf(
        resource('aws:ec2/vpcEndpoint:VpcEndpoint', { vpcEndpointType: 'Interface', subnetIds: ['a'] }),
        resource('aws:ec2/vpcEndpoint:VpcEndpoint', { vpcEndpointType: 'Gateway' }),
      ),
    ).toBeCloseTo(7.3, 6)
    expect(sumOf(resource('aws:ec2/natGateway:NatGateway'), resource('aws:ec2/eip:Eip'))).toBeCloseTo(730 * 0.05, 6)
  })

  test('an alarm for each metric that it looks at', () => {
    const metric = { metric: {}, id: 'a' }
    const alarms = [
      { metricName: 'one' },
      { metricQueries: [metric, metric, { expression: 'a - b' }] },
      { metricQueries: [{ expression: 'SELECT SUM(Failed) FROM SCHEMA("AWS/SWF")' }] },
    ].map((inputs) => resource('aws:cloudwatch/metricAlarm:MetricAlarm', inputs))
    expect(sumOf(...alarms)).toBeCloseTo((1 + 2 + 10) * 0.1, 6)
  })

  test('the use of an environment: ten articles of 100 MB for a year, 50 GB and 10,000 pages to readers', () => {
    const { byUse } = estimate(
      plan(
        resource('aws:s3/bucket:Bucket'),
        resource('aws:s3/bucket:Bucket'),
        resource('aws:cloudfront/distribution:Distribution'),
        resource('aws:lb/loadBalancer:LoadBalancer', { subnets: [] }),
      ),
      { articles: 10, megabytes: 100, months: 12, gigabytes: 50, pages: 10_000 },
    )
    const stored = ((10 * 100 * 12 * 4) / 1024) * 0.023
    const requests = ((10 * 130) / 1000) * 0.005 + ((10 * 55) / 1000) * 0.0004
    const files = 50 * 0.085 + ((50 * 1024) / 0.5 / 10_000) * 0.01
    const pages = 2 * 0.09 + 2 * 0.008
    expect(byUse).toBeCloseTo(stored + requests + files + pages, 6)
  })

  test('as many tasks as may run cost more than those that always do', () => {
    const scaled = resource('aws:appautoscaling/target:Target', {
      resourceId: 'service/press-continuum/web',
      minCapacity: 2,
      maxCapacity: 5,
    })
    const { whileAllRun, fixed } = estimate(plan(service('web'), task, scaled), nobody)
    expect(whileAllRun).toBeCloseTo((fixed / 2) * 3, 6)
  })
})

describe('what it does not know', () => {
  test('is named, and not silently free', () => {
    const found = estimate(plan(resource('aws:dynamodb/table:Table'), resource('aws:dynamodb/table:Table')), usual)
    expect(found.notPriced).toEqual(['2 aws:dynamodb/table:Table'])
    expect(tableOf(found)).toContain('NOT PRICED, so missing in the total\n! 2 aws:dynamodb/table:Table')
  })

  test('is also a class of a database without a price', () => {
    const found = estimate(plan(resource('aws:rds/instance:Instance', { instanceClass: 'db.x9.huge' })), usual)
    expect(found.notPriced).toEqual(['an RDS instance of the class db.x9.huge'])
  })

  test('no type is both free and priced', () => {
    expect(Object.keys(priced).filter((type) => free.has(type))).toEqual([])
  })
})

describe('the environments of this project', () => {
  const plans = new Map<string, Plan>()
  beforeAll(async () => {
    for (const stack of await plannedStacks()) plans.set(stack, await plannedOnce(stack))
  }, 300_000)
  const of = (stack: string, use = usual) => estimate(plans.get(stack) ?? plan(), use)

  test('all that they are made of has a price', () => {
    expect([...plans.keys()].flatMap((stack) => of(stack).notPriced)).toEqual([])
  })

  test('the shape small costs less than 60 dollars a month, use included', () => {
    expect(of('small').total).toBeLessThanOrEqual(60)
    expect(of('small').total).toBeGreaterThan(40)
    // By hand: a task, a load balancer for all hosts, a small database, five secrets, the domain's zone.
    const running = 730 * (0.25 * 0.032_38 + 2 * 0.003_56 + 0.005)
    const balancer = 730 * (0.0225 + 2 * 0.005)
    const database = 730 * 0.016 + 20 * 0.115
    expect(of('small').fixed).toBeCloseTo(running + balancer + database + 5 * 0.4 + 0.5, 6)
  })

  test('docs/operators.md has what `continuum cost --all` prints (else: copy it there)', () => {
    const document = readFileSync(new URL('../../docs/operators.md', import.meta.url), 'utf8')
    expect(document).toContain(summaryOf([...plans.keys()].map((stack) => of(stack))))
  })

  test('another use changes what use costs, and nothing that stands there', () => {
    const busy = of('small', { ...usual, articles: 200, gigabytes: 500 })
    expect(busy.fixed).toBe(of('small').fixed)
    expect(busy.byUse).toBeGreaterThan(8 * of('small').byUse)
  })
})

describe('the command line', () => {
  const environments = ['prod', 'small']

  test('has the usual use unless it says another', () => {
    expect(asked(['--env', 'small', '--articles', '7'], environments)).toEqual({
      environments: ['small'],
      inShort: false,
      json: false,
      assumptions: { ...usual, articles: 7 },
    })
    expect(asked(['--all', '--json'], environments)).toMatchObject({ environments, inShort: true, json: true })
    expect(asked(['--help'], environments)).toBeUndefined()
  })

  test.each([
    [['--env', 'smal'], '--env must be one of prod, small, but is smal.'],
    [[], 'Say either --env NAME or --all.'],
    [['--all', '--env', 'small'], 'Say either --env NAME or --all.'],
    [['--env', 'small', '--articles', 'many'], '--articles must be a number, but is many'],
    [['--env', 'small', '--article', '7'], "Unknown option '--article'"],
  ])('%j is refused in words', (args, words) => {
    expect(() => asked(args, environments)).toThrow(words)
  })
})
