import { beforeAll, expect, test } from 'vitest'
import { untimelyIn } from './order.ts'
import { plannedOnce } from './planned-once.ts'
import type { Plan } from './resource.ts'

let plan: Plan
beforeAll(async () => {
  plan = await plannedOnce('continuum-test')
})

/** The faults of the plan if nothing waited for the resources of a type, or with a name. */
function withoutWaitingFor(which: RegExp): string {
  const forgotten = new Set(plan.resources.filter(({ urn }) => which.test(urn)).map(({ urn }) => urn))
  const resources = plan.resources.map((each) => ({
    ...each,
    dependencies: each.dependencies.filter((urn) => !forgotten.has(urn)),
  }))
  return untimelyIn(resources).join('\n')
}

test('everything waits for what AWS wants to exist before', () => {
  expect(untimelyIn(plan.resources)).toEqual([])
})

test('a load balancer that does not wait for the gateway or its route is refused', () => {
  expect(withoutWaitingFor(/internetGateway/)).toContain('has no internet gateway')
  expect(withoutWaitingFor(/RouteTableAssociation::network-public-2/)).toContain('has no route to the internet gateway')
})

test('a log is refused that waits neither for the policy of its bucket nor for its access list', () => {
  expect(withoutWaitingFor(/::logs-writers$/)).toMatch(
    /entrance: InvalidConfigurationRequest: Access Denied for bucket/,
  )
  expect(withoutWaitingFor(/::logs-ownership$/)).toMatch(/cdn-distribution: .*does not enable ACL access/)
})

test('a service that does not wait for an endpoint or a rule of the security groups is refused', () => {
  expect(withoutWaitingFor(/::network-to-ecr\.api$/)).toMatch(/services-lax: ResourceInit.*ecr\.api/)
  expect(withoutWaitingFor(/securityGroupEgressRule/)).toContain('let nothing out at port 443')
  expect(withoutWaitingFor(/securityGroupIngressRule/)).toContain('lets nothing in from it')
})
