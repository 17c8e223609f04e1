import { appOf, processNames, type AppName } from '@continuum/environments'
import { beforeAll, expect, test } from 'vitest'
import { planEnvironment, type PlannedEnvironment } from './proofs/testing/plan-environment.ts'

/** The changes of a deployment: the same environment, with another tag for one app. */

const config = { tag: 'old' }
let before: PlannedEnvironment
beforeAll(async () => {
  before = await planEnvironment('continuum-test', {}, config)
})

const keyOf = ({ type, name }: { type: string; name: string }) => `${type} ${name}`

/** The resources that are not in both plans as they are. */
function changed(after: PlannedEnvironment): string[] {
  const inputs = new Map(before.resources.map((each) => [keyOf(each), JSON.stringify(each.inputs)]))
  const same = after.resources.every((each) => inputs.has(keyOf(each))) && after.resources.length === inputs.size
  expect(same, 'a deployment makes and removes nothing').toBe(true)
  return after.resources.filter((each) => inputs.get(keyOf(each)) !== JSON.stringify(each.inputs)).map(keyOf)
}

const processesOf = (app: AppName) => processNames.filter((process) => appOf(process) === app)

test.each(['dashboard', 'bot'] as const)(
  'a new tag of %s changes the task definitions of its processes and the images that are kept, and nothing else',
  async (app) => {
    const after = await planEnvironment('continuum-test', {}, { ...config, [`tag-${app}`]: 'new' })
    const definitions = processesOf(app).map((process) => `aws:ecs/taskDefinition:TaskDefinition services-${process}`)
    const kept = 'aws:ecr/lifecyclePolicy:LifecyclePolicy services-images-kept'
    expect(changed(after).toSorted()).toEqual([...definitions, kept].toSorted())
    for (const process of processNames) {
      const text = JSON.stringify(after.inputsOf('aws:ecs/taskDefinition:TaskDefinition', `services-${process}`))
      expect(text).toContain(appOf(process) === app ? '/ct-continuum:new' : '/ct-continuum:old')
    }
  },
)

test('each service runs the task definition of its own process', () => {
  for (const { name, inputs } of before.of('aws:ecs/service:Service')) {
    expect(inputs['taskDefinition']).toBe(`arn:aws:ecs:us-east-1:123456789012:${name}`)
  }
})
