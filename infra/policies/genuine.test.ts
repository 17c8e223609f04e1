import { beforeAll, expect, test } from 'vitest'
import { plannedStacks } from '../proofs/plan/golden.ts'
import { plannedOnce } from '../proofs/plan/planned-once.ts'
import { fromPlan } from './model/from-plan.ts'
import { policies } from './policies.ts'
import { violationsOf, type Checked } from './model/policy.ts'

const stacks = await plannedStacks()
const planned = new Map<string, Checked[]>()
beforeAll(async () => {
  for (const plan of await Promise.all(stacks.map(plannedOnce))) planned.set(plan.stack, fromPlan(plan))
}, 300_000)

test.each(stacks)('the genuine program keeps to every policy in %s', (stack) => {
  const resources = planned.get(stack) ?? []
  expect(resources.length).toBeGreaterThan(100)
  expect(violationsOf(policies, resources)).toEqual([])
})

test('each policy would find something in the genuine program if its resources said something else', () => {
  const wrong = {
    blockPublicAcls: false,
    sqsManagedSseEnabled: false,
    redrivePolicy: undefined,
    retentionInDays: 0,
    cidrIpv4: '0.0.0.0/0',
    publiclyAccessible: true,
    healthCheckCustomConfig: undefined,
    bucket: 'the same',
    accessLogs: { enabled: false },
    // No firewall's, no lifecycle's, and of a copy one that loses what is lost.
    rules: [{ filter: { prefix: '' }, deleteMarkerReplication: { status: 'Enabled' } }],
    conditions: [],
    policy: JSON.stringify({
      Statement: [{ Effect: 'Allow', Principal: { Service: 'ec2.amazonaws.com' }, Action: '*', Resource: '*' }],
    }),
    assumeRolePolicy: JSON.stringify({
      Statement: [{ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { Service: 'ecs-tasks.amazonaws.com' } }],
    }),
    containerDefinitions: '[{}]',
  }
  // Of all environments it has the most.
  const spoilt = (planned.get('prod') ?? []).map((resource) => ({
    ...resource,
    props: { ...resource.props, ...wrong },
    provider: {},
  }))
  const found = new Set(violationsOf(policies, spoilt).map(({ policy }) => policy))
  expect([...found].toSorted()).toEqual(policies.map(({ name }) => name).toSorted())
})
