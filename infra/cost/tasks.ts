import type { PlannedResource } from '../proofs/plan/resource.ts'
import { isObject, listOf, textOf } from '../proofs/wire/values.ts'
import { works } from './assumptions.ts'
import { fixed, numberOf, ofType, sum, type Line, type Rule } from './line.ts'
import { hours, prices, spotShare, type Price } from './prices.ts'

/** The tasks of a service: how many, of what size, on which processors. */
function tasksOf({ name, inputs }: PlannedResource, resources: readonly PlannedResource[]) {
  const definition = ofType(resources, 'aws:ecs/taskDefinition:TaskDefinition').find(
    ({ outputs }) => textOf(outputs['arn']) === textOf(inputs['taskDefinition']),
  )
  if (!definition) throw new Error(`The service ${name} has no task definition in the plan`)
  const { cpu, memory, runtimePlatform } = definition.inputs
  const platform = isObject(runtimePlatform ?? null) ? runtimePlatform : undefined
  const arm = isObject(platform ?? null) && textOf(Object(platform)['cpuArchitecture']) === 'ARM64'
  const [provider] = listOf(inputs['capacityProviderStrategies']).filter(isObject)
  return {
    count: numberOf(inputs['desiredCount']),
    vcpus: numberOf(cpu) / 1024,
    gigabytes: numberOf(memory) / 1024,
    architecture: arm ? 'arm64' : 'x86_64',
    spot: textOf(provider?.['capacityProvider']) === 'FARGATE_SPOT',
  } as const
}

const spotPrice = (of: Price): Price => ({
  ...of,
  dollars: of.dollars * spotShare,
  about: 'spot capacity, whose price changes',
})

/** The processor and memory of some tasks of a service. */
function fargate(service: PlannedResource, resources: readonly PlannedResource[], count: number): Line[] {
  const { vcpus, gigabytes, architecture, spot } = tasksOf(service, resources)
  const of = (price: Price) => (spot ? spotPrice(price) : price)
  const on = `${architecture}${spot ? ', spot' : ''}`
  return [
    fixed(`processor of tasks, ${on}`, count * vcpus * hours, of(prices.vcpu[architecture])),
    fixed(`memory of tasks, ${on}`, count * gigabytes * hours, of(prices.memory[architecture])),
  ]
}

export const services: Rule = (all, { resources }) =>
  all.flatMap((service) => {
    const { count } = tasksOf(service, resources)
    const network = service.inputs['networkConfiguration']
    const addressed = isObject(network ?? null) && Object(network)['assignPublicIp'] === true
    const named = service.inputs['serviceRegistries'] !== undefined
    return [
      ...fargate(service, resources, count),
      ...(addressed ? [fixed('addresses of tasks', count * hours, prices.address)] : []),
      ...(named ? [fixed('names of tasks', count, prices.registered)] : []),
    ]
  })

export const clusters: Rule = (all, { resources }) => {
  const watched = all.filter(({ inputs }) => JSON.stringify(inputs['settings'])?.includes('"enabled"'))
  const of = ofType(resources, 'aws:ecs/service:Service').length
  const { cluster, service, task } = works.insights
  return watched.map(() => fixed('Container Insights', cluster + of * (service + task), prices.metric))
}

/** The dollars a month by which the tasks cost more while all that may run do. */
export function whileAllRun(resources: readonly PlannedResource[]): number {
  const named = new Map(
    ofType(resources, 'aws:ecs/service:Service').map((service) => [textOf(service.inputs['name']), service]),
  )
  return sum(ofType(resources, 'aws:appautoscaling/target:Target'), ({ inputs }) => {
    const service = named.get(textOf(inputs['resourceId']).split('/').at(-1) ?? '')
    const more = numberOf(inputs['maxCapacity']) - numberOf(inputs['minCapacity'])
    return service ? sum(fargate(service, resources, more), ({ dollars }) => dollars) : 0
  })
}
