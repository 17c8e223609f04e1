import { beforeAll, expect, test } from 'vitest'
import { isObject, textOf, type Value } from '../wire/values.ts'
import { plannedStacks } from './golden.ts'
import { planOf } from './plan.ts'
import type { Plan, PlannedResource } from './resource.ts'

/** Several environments in one account: what the roles of one may do, and what another has. */
const plans: Plan[] = []
beforeAll(async () => {
  for (const stack of await plannedStacks()) plans.push(await planOf(stack))
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

const covers = (pattern: string, arn: string): boolean =>
  new RegExp(
    `^${pattern
      .split('*')
      .map((part) => RegExp.escape(part))
      .join('.*')}$`,
  ).test(arn)

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
