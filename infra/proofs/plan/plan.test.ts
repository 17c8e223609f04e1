import { healthPort, processNames } from '@continuum/environments'
import { beforeAll, describe, expect, test } from 'vitest'
import { same, textOf, type Properties } from '../wire/values.ts'
import { goldenOf, plannedStacks } from './golden.ts'
import { planOf } from './plan.ts'
import { plannedOnce } from './planned-once.ts'
import { waysTo } from './private-port.ts'
import type { Plan } from './resource.ts'
import { textOfPlan } from './text.ts'

interface Container {
  essential: boolean
  environment: { name: string; value: string }[]
  portMappings: object[]
  healthCheck: { command: string[] }
}

const stacks = await plannedStacks()

describe('the golden plans', () => {
  const plans = new Map<string, Plan>()
  beforeAll(async () => {
    for (const plan of await Promise.all(stacks.map(plannedOnce))) plans.set(plan.stack, plan)
  })

  test.each(stacks)('the program makes of %s what was agreed to (else: npm run plan -- --write)', (stack) => {
    const plan = plans.get(stack)
    expect(plan && textOfPlan(plan)).toBe(goldenOf(stack))
  })

  test.each(stacks)('nobody outside the tasks of %s reaches the port of /health and /metrics', (stack) => {
    const { resources = [] } = plans.get(stack) ?? {}
    for (const port of [healthPort, healthPort + 1]) expect(waysTo(port, resources)).toEqual([])
    const tasks = resources.filter(({ type }) => type === 'aws:ecs/taskDefinition:TaskDefinition')
    const containers = tasks
      .flatMap(({ inputs }): Container[] => JSON.parse(textOf(inputs['containerDefinitions'])))
      .filter(({ essential }) => essential)
    // In the one task of the shape small two containers share its address, so each has a port of its own.
    const ports = tasks.length === 1 ? [healthPort, healthPort + 1] : processNames.map(() => healthPort)
    expect(containers).toHaveLength(ports.length)
    for (const [at, port] of ports.entries()) {
      const container = containers[at]
      const variables = new Map(container?.environment.map(({ name, value }) => [name, value]))
      expect(variables.get('HEALTH_PORT')).toBe(String(port))
      expect(variables.get('PORT')).not.toBe(String(port))
      expect(container?.portMappings).toContainEqual(expect.objectContaining({ containerPort: port }))
      expect(container?.healthCheck.command.at(-1)).toContain(`:${port}/health`)
    }
  })

  test.each([
    ['aws:lb/targetGroup:TargetGroup', 'entrance-lax', { port: healthPort }, 'entrance-lax forwards to it'],
    [
      'aws:lb/targetGroup:TargetGroup',
      'entrance-api',
      { healthCheck: { port: String(healthPort) } },
      'entrance-api asks it',
    ],
    ['aws:lb/targetGroup:TargetGroup', 'entrance-api', { healthCheck: { path: '/metrics' } }, 'entrance-api asks it'],
    ['aws:lb/listener:Listener', 'entrance-https', { port: healthPort }, 'entrance-https listens at it'],
    [
      'aws:ecs/service:Service',
      'services-journal',
      { loadBalancers: [{ containerPort: healthPort }] },
      'services-journal gives it to the load balancer',
    ],
    [
      'aws:cloudfront/distribution:Distribution',
      'cdn-distribution',
      { origins: [{ customOriginConfig: { httpPort: healthPort } }] },
      'cdn-distribution has it as an origin',
    ],
    [
      'aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule',
      'network-in-balanced-4602',
      { toPort: 4700 },
      'network-in-balanced-4602 lets others than the tasks in',
    ],
    [
      'aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule',
      `network-in-among-tasks-${healthPort}`,
      { referencedSecurityGroupId: null, cidrIpv4: '0.0.0.0/0' },
      `network-in-among-tasks-${healthPort} lets others than the tasks in`,
    ],
    [
      'aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule',
      'network-out-balanced-4602',
      { ipProtocol: '-1' },
      'network-out-balanced-4602 lets the load balancer out to it',
    ],
    [
      'aws:ec2/securityGroup:SecurityGroup',
      'network-tasks',
      { ingress: [{ protocol: 'tcp', fromPort: 0, toPort: 65_535 }] },
      'network-tasks lets others in by a rule of its own',
    ],
  ] satisfies [string, string, Properties, string][])(
    'a %s like %s with %j is a way in',
    (type, name, change, fault) => {
      const { resources = [] } = plans.get('prod') ?? {}
      const changed = resources.map((each) =>
        each.type === type && each.name === name ? { ...each, inputs: { ...each.inputs, ...change } } : each,
      )
      expect(waysTo(healthPort, changed)).toEqual([expect.stringContaining(fault)])
    },
  )

  test('the plan of a deployment touches nothing but the processes of its app, and which images are kept', async () => {
    const config = { 'continuum:tag': 'some-commit', 'continuum:tag-dashboard': 'another-commit' }
    const deployed = await planOf('continuum-test', { config })
    const before = new Map(plans.get('continuum-test')?.resources.map(({ urn, inputs }) => [urn, inputs]))
    const touched = deployed.resources.filter(({ urn, inputs }) => !same(before.get(urn), inputs))
    expect(touched.map(({ type, name }) => `${type} ${name}`).toSorted()).toEqual([
      'aws:ecr/lifecyclePolicy:LifecyclePolicy services-images-kept',
      'aws:ecs/taskDefinition:TaskDefinition services-dashboard-consumer',
      'aws:ecs/taskDefinition:TaskDefinition services-dashboard-web',
    ])
    expect(deployed.resources).toHaveLength(before.size)
  })
})

test('an environment that there is none of is refused by name', async () => {
  await expect(planOf('continuum-tset')).rejects.toThrow(/continuum-tset.*continuum-test/s)
})
