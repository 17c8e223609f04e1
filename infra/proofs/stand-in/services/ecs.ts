import { isObject, textOf, type Properties, type Value } from '../../wire/values.ts'
import { isArn, arn, parsed } from '../rules/documents.ts'
import { fargateSize } from '../rules/fargate.ts'
import { between, each, matches, oneOf, type Kinds } from '../rules/kind.ts'

const name = /^[A-Za-z0-9_-]{1,255}$/
const named = (property: string) => matches(property, name, '1 to 255 of letters, digits, hyphens and underscores')

export const ecs = {
  'aws:ecs/cluster:Cluster': {
    named: 'name',
    replaces: ['name'],
    rules: [named('name')],
    made: ({ text, arn: of }) => ({
      id: of('ecs', `cluster/${text('name')}`),
      arn: of('ecs', `cluster/${text('name')}`),
    }),
  },
  'aws:ecs/clusterCapacityProviders:ClusterCapacityProviders': {
    replaces: ['clusterName'],
    rules: [
      named('clusterName'),
      each(
        'capacityProviders',
        (member) => member === 'FARGATE' || member === 'FARGATE_SPOT',
        'FARGATE and FARGATE_SPOT',
      ),
    ],
    made: ({ text }) => ({ id: text('clusterName') }),
  },
  'aws:ecs/taskDefinition:TaskDefinition': {
    // A task definition is never changed: a new revision takes its place.
    replaces: [
      'family',
      'containerDefinitions',
      'cpu',
      'memory',
      'executionRoleArn',
      'taskRoleArn',
      'networkMode',
      'requiresCompatibilities',
      'runtimePlatform',
      'volumes',
      'ephemeralStorage',
      'pidMode',
      'ipcMode',
      'enableFaultInjection',
    ],
    rules: [
      named('family'),
      arn('executionRoleArn'),
      arn('taskRoleArn'),
      oneOf('networkMode', 'awsvpc', 'bridge', 'host', 'none'),
      fargateSize,
      {
        property: 'containerDefinitions',
        holds: (value) => faultOfContainers(value) === undefined,
        says: 'a JSON list of containers: name, image, environment of texts, secrets with ARNs, stopTimeout up to 120',
      },
    ],
    made: ({ text, digits, arn: of }) => {
      const revision = Number.parseInt(digits.slice(0, 5), 16)
      const revisionless = of('ecs', `task-definition/${text('family')}`)
      return { id: text('family'), arn: `${revisionless}:${revision}`, arnWithoutRevision: revisionless, revision }
    },
  },
  'aws:ecs/service:Service': {
    named: 'name',
    replaces: ['name', 'cluster', 'launchType', 'schedulingStrategy'],
    rules: [
      named('name'),
      arn('taskDefinition'),
      between('desiredCount', 0, 5000),
      between('healthCheckGracePeriodSeconds', 0, 2_147_483_647),
      oneOf('launchType', 'FARGATE', 'EC2', 'EXTERNAL'),
      {
        property: 'networkConfiguration',
        holds: (value) => isObject(value) && [value['subnets']].flat().length > 0,
        says: 'subnets',
      },
    ],
    made: ({ text, arn: of }) => {
      const id = of('ecs', `service/${text('cluster').split('/').at(-1)}/${text('name')}`)
      return { id, arn: id }
    },
  },
} satisfies Kinds

/** The first fault of a task definition's containers; undefined if they are valid. */
export function faultOfContainers(value: Value): string | undefined {
  const containers = parsed(value)
  if (!Array.isArray(containers) || containers.length === 0) return 'not a list of containers'
  const faults = [...containers.map(faultOfContainer), ...containers.map((one) => faultOfOrder(one, containers))]
  return faults.find((fault) => fault !== undefined)
}

function faultOfContainer(container: Value): string | undefined {
  if (!isObject(container)) return 'a container is not an object'
  const { name: own, image, stopTimeout, environment = [], secrets = [] } = container
  if (typeof own !== 'string' || !name.test(own)) return 'a container has no name'
  if (typeof image !== 'string' || image === '') return `${own} has no image`
  if (stopTimeout !== undefined && !between('', 2, 120).holds(stopTimeout, {}))
    return `${own}: stopTimeout is not from 2 to 120`
  if (!pairs(environment, 'value', (text) => typeof text === 'string'))
    return `${own}: a variable is not a pair of texts`
  if (!pairs(secrets, 'valueFrom', isArn)) return `${own}: a secret has no ARN`
  return faultOfConfinement(own, container)
}

/** The first power of a container that Fargate refuses: any that is added, but one, and the options of Docker. */
function faultOfConfinement(own: string, container: Properties): string | undefined {
  const { linuxParameters, privileged, dockerSecurityOptions } = container
  if (privileged === true) return `${own}: privileged is not for Fargate`
  if (dockerSecurityOptions !== undefined) return `${own}: dockerSecurityOptions are not for Fargate`
  const capabilities = isObject(linuxParameters) ? linuxParameters['capabilities'] : undefined
  const { add = [], drop = [] } = isObject(capabilities) ? capabilities : {}
  if (!Array.isArray(add) || add.some((capability) => capability !== 'SYS_PTRACE'))
    return `${own}: Fargate adds no capability but SYS_PTRACE`
  return Array.isArray(drop) && drop.every((capability) => /^[A-Z_]+$/.test(textOf(capability)))
    ? undefined
    : `${own}: capabilities are dropped by their names`
}

/** The first fault of the order of containers: one waits for another of its task, and for the end of none that is essential. */
function faultOfOrder(container: Value, all: readonly Value[]): string | undefined {
  const { name: own, dependsOn = [] } = isObject(container) ? container : {}
  if (!Array.isArray(dependsOn)) return `${textOf(own)}: dependsOn is not a list`
  for (const condition of dependsOn) {
    const { containerName, condition: until } = isObject(condition) ? condition : {}
    const other = all.filter(isObject).find((one) => one['name'] === containerName && one['name'] !== own)
    if (!other) return `${textOf(own)}: waits for no other container of its task`
    const ends = until === 'SUCCESS' || until === 'COMPLETE'
    if (!ends && until !== 'START' && until !== 'HEALTHY') return `${textOf(own)}: waits for no condition of ECS`
    if (ends && other['essential'] !== false) return `${textOf(own)}: waits for the end of an essential container`
  }
  return undefined
}

const pairs = (list: Value, key: string, test: (value: Value) => boolean): boolean =>
  Array.isArray(list) &&
  list.every(
    (pair) => isObject(pair) && typeof pair['name'] === 'string' && pair['name'] !== '' && test(pair[key] ?? null),
  )
