import { beforeAll, describe, expect, test } from 'vitest'
import { same } from '../wire/values.ts'
import { goldenOf, plannedStacks } from './golden.ts'
import { planOf } from './plan.ts'
import type { Plan } from './resource.ts'
import { textOfPlan } from './text.ts'

const stacks = await plannedStacks()

describe('the golden plans', () => {
  const plans = new Map<string, Plan>()
  beforeAll(async () => {
    for (const plan of await Promise.all(stacks.map((stack) => planOf(stack)))) plans.set(plan.stack, plan)
  })

  test.each(stacks)('the program makes of %s what was agreed to (else: npm run plan -- --write)', (stack) => {
    const plan = plans.get(stack)
    expect(plan && textOfPlan(plan)).toBe(goldenOf(stack))
  })

  test('the plan of a deployment touches nothing but the processes of its app', async () => {
    const config = { 'continuum:tag': 'some-commit', 'continuum:tag-dashboard': 'another-commit' }
    const deployed = await planOf('continuum-test', { config })
    const before = new Map(plans.get('continuum-test')?.resources.map(({ urn, inputs }) => [urn, inputs]))
    const touched = deployed.resources.filter(({ urn, inputs }) => !same(before.get(urn), inputs))
    expect(touched.map(({ type, name }) => `${type} ${name}`).toSorted()).toEqual([
      'aws:ecs/taskDefinition:TaskDefinition services-dashboard-consumer',
      'aws:ecs/taskDefinition:TaskDefinition services-dashboard-web',
    ])
    expect(deployed.resources).toHaveLength(before.size)
  })
})

test('an environment that there is none of is refused by name', async () => {
  await expect(planOf('continuum-tset')).rejects.toThrow(/continuum-tset.*continuum-test/s)
})
