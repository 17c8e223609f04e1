import { beforeAll, expect, test } from 'vitest'
import { admits, covers } from './admits.ts'
import { isObject, textOf, type Value } from '../wire/values.ts'
import { plannedStacks } from './golden.ts'
import { plannedOnce } from './planned-once.ts'
import type { Plan, PlannedResource } from './resource.ts'

/** Several environments in one account: what the roles of one may do, and what another has. */
const plans: Plan[] = []
beforeAll(async () => {
  for (const stack of await plannedStacks()) plans.push(await plannedOnce(stack))
}, 300_000)

interface Allowed {
  readonly role: string
  readonly actions: readonly string[]
  readonly resources: readonly string[]
}

const textsIn = (value: Value | undefined): string[] => [value ?? []].flat().map(textOf)

/** The statements of the roles of an environment. */
function allowedIn({ resources }: Plan): Allowed[] {
  return resources
    .filter(({ type }) => type === 'aws:iam/rolePolicy:RolePolicy')
    .flatMap(({ name, inputs }) => {
      const document: Value = JSON.parse(textOf(inputs['policy']))
      const statements = isObject(document) ? [document['Statement'] ?? []].flat() : []
      return statements
        .filter(isObject)
        .map(({ Action, Resource }) => ({ role: name, actions: textsIn(Action), resources: textsIn(Resource) }))
    })
}

const holders = /:(Bucket|Queue|Domain|Secret|LogGroup|Repository|Cluster|Service|Parameter|Topic)$/

/** The ARNs of what an environment has, an object of each bucket included. */
const arnsIn = ({ resources }: Plan): string[] =>
  resources
    .filter(({ type }) => holders.test(type))
    .flatMap(({ type, outputs }: PlannedResource) => {
      const arn = textOf(outputs['arn'])
      return arn === '' ? [] : type.endsWith(':Bucket') ? [arn, `${arn}/00353/file.xml`] : [arn, `${arn}:log-stream:x`]
    })

test('no role of an environment may touch anything of another in the same account', () => {
  const found = plans.flatMap((one) =>
    plans
      .filter((other) => other !== one)
      .flatMap((other) => {
        const theirs = arnsIn(other)
        expect(theirs.length).toBeGreaterThan(50)
        return allowedIn(one).flatMap(({ role, resources }) =>
          resources
            .filter((pattern) => pattern !== '*')
            .flatMap((pattern) => theirs.filter((arn) => covers(pattern, arn)))
            .map((arn) => `${role} of ${one.stack} reaches ${arn} of ${other.stack}`),
        )
      }),
  )
  expect(found).toEqual([])
})

test('a role that may touch everything may do so only where IAM knows no resource', () => {
  const everywhere = plans.flatMap((plan) =>
    allowedIn(plan).flatMap(({ actions, resources }) => (resources.includes('*') ? actions : [])),
  )
  expect([...new Set(everywhere)].toSorted()).toEqual([
    'ecr:GetAuthorizationToken',
    'ssmmessages:CreateControlChannel',
    'ssmmessages:CreateDataChannel',
    'ssmmessages:OpenControlChannel',
    'ssmmessages:OpenDataChannel',
  ])
})

test('a role reaches what its own environment has: the comparison is not empty', () => {
  for (const plan of plans) {
    const own = arnsIn(plan)
    const reached = allowedIn(plan).filter(({ resources }) =>
      resources.some((pattern) => own.some((arn) => covers(pattern, arn))),
    )
    expect(reached.length).toBeGreaterThan(20)
  }
})

test('no two environments give one name to anything that an account has once', () => {
  const names = plans.flatMap((plan) => arnsIn(plan))
  expect(names.filter((arn, index) => names.indexOf(arn) !== index)).toEqual([])
})

/** The statements of the policies of the endpoints by which the tasks of an environment reach AWS, by service: `sqs`. */
function endpointsOf({ resources }: Plan): Map<string, Parameters<typeof admits>[0]> {
  const policies = resources.filter(({ type }) => type === 'aws:ec2/vpcEndpointPolicy:VpcEndpointPolicy')
  return new Map(
    resources
      .filter(({ type }) => type === 'aws:ec2/vpcEndpoint:VpcEndpoint')
      .map(({ inputs, id }) => {
        const separate = policies.find((each) => each.inputs['vpcEndpointId'] === id)
        const [, , , service = ''] = textOf(inputs['serviceName']).split('.')
        return [service, JSON.parse(textOf(separate?.inputs['policy'] ?? inputs['policy'])).Statement]
      }),
  )
}

const account = '123456789012'
/** A resource for each pattern of a role: the wildcard is some name. */
const exampleOf = (pattern: string): string => pattern.replaceAll('*', 'x')

/** The policies of the roles that the tasks of an environment take: only those go through its endpoints. */
function taskPolicies({ resources }: Plan): Set<string> {
  const roles = resources
    .filter(
      ({ type, inputs }) => type === 'aws:iam/role:Role' && /ecs-tasks\./.test(textOf(inputs['assumeRolePolicy'])),
    )
    .map(({ inputs }) => textOf(inputs['name']))
  const policies = resources.filter(({ type }) => type === 'aws:iam/rolePolicy:RolePolicy')
  return new Set(policies.filter(({ inputs }) => roles.includes(textOf(inputs['role']))).map(({ name }) => name))
}

test('whatever a role of a task allows gets through the endpoint of its service, with credentials of this account alone', () => {
  for (const plan of plans) {
    const endpoints = endpointsOf(plan)
    // A small environment has two roles, and the endpoint of S3 alone: it reaches the others over the internet.
    const isSmall = endpoints.size === 1
    const ofTasks = taskPolicies(plan)
    const asked = allowedIn(plan)
      .filter(({ role }) => ofTasks.has(role))
      .flatMap(({ role, actions, resources }) =>
        actions.flatMap((action) => resources.map((pattern) => ({ role, action, resource: exampleOf(pattern) }))),
      )
      .filter(({ action }) => !isSmall || action.startsWith('s3:'))
    expect(asked.length).toBeGreaterThan(isSmall ? 15 : 300)
    const through = (id: string) =>
      asked.filter(({ action, resource }) =>
        admits(endpoints.get(action.split(':')[0] ?? '') ?? [], {
          action,
          resource,
          known: { 'aws:PrincipalAccount': id },
        }),
      )
    expect(asked.filter((each) => !through(account).includes(each))).toEqual([])
    expect(through('999999999999')).toEqual([])
  }
})

test('nothing of another environment, or of nobody known, gets through an endpoint', () => {
  const calls: Record<string, string> = {
    s3: 's3:PutObject',
    sqs: 'sqs:SendMessage',
    swf: 'swf:PollForActivityTask',
    secretsmanager: 'secretsmanager:GetSecretValue',
    logs: 'logs:PutLogEvents',
    ecr: 'ecr:BatchGetImage',
  }
  for (const one of plans) {
    const theirs = plans.filter((other) => other !== one).flatMap(arnsIn)
    const foreign = Object.keys(calls).map((service) => `arn:aws:${service}:us-east-1:${account}:somebody-elses`)
    for (const [service, action] of Object.entries(calls)) {
      const asked = [...theirs, ...foreign].filter((arn) => arn.split(':')[2] === service)
      expect(asked.length, service).toBeGreaterThan(1)
      const known = { 'aws:PrincipalAccount': account }
      const found = asked.filter((resource) => admits(endpointsOf(one).get(service) ?? [], { action, resource, known }))
      expect(found, service).toEqual([])
    }
  }
})
