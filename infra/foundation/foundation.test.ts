import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { planOf } from '../proofs/plan/plan.ts'
import { readFoundationSettings } from './settings.ts'

const config = {
  account: '123456789012',
  repository: 'press/continuum',
  environments: '["press","press-test"]',
  monthlyDollars: '900',
  emails: '["operator@example.org"]',
}

/** Runs the program as Pulumi does, on the stand-in of AWS. */
async function planned(given: Readonly<Record<string, string>> = config) {
  const own = Object.entries(given).map(([key, value]) => [`continuum:${key}`, value])
  const plan = await planOf('press-account', {
    folder: fileURLToPath(new URL('.', import.meta.url)),
    main: './main.mjs',
    config: Object.fromEntries(own),
    repositories: {},
  })
  const textOf = (name: string, type: string, property: string) =>
    String(
      Object(plan.resources.find((each) => each.name === name && each.type.endsWith(`:${type}`)))?.inputs[property],
    )
  return { ...plan, textOf }
}

test('CI takes a role by the GitHub environment that it runs in, and by no other', async () => {
  const { textOf, resources, outputs } = await planned()
  const roles = resources.filter(({ type }) => type === 'aws:iam/role:Role').map(({ name }) => name)
  expect(roles.toSorted()).toEqual(['ci-press', 'ci-press-test', 'ci-preview-press', 'ci-preview-press-test'])
  const [statement] = JSON.parse(textOf('ci-press', 'Role', 'assumeRolePolicy')).Statement
  expect(statement).toEqual({
    Effect: 'Allow',
    Principal: { Federated: 'arn:aws:iam::123456789012:oidc-provider/token.actions.githubusercontent.com' },
    Action: 'sts:AssumeRoleWithWebIdentity',
    Condition: {
      StringEquals: {
        'token.actions.githubusercontent.com:aud': 'sts.amazonaws.com',
        'token.actions.githubusercontent.com:sub': 'repo:press/continuum:environment:press',
      },
    },
  })
  expect(textOf('ci-preview-press', 'Role', 'assumeRolePolicy')).toContain('press/continuum:environment:preview-press"')
  expect(textOf('ci-preview-press', 'RolePolicyAttachment', 'policyArn')).toMatch(/ReadOnlyAccess$/)
  expect(outputs).toMatchObject({ roles: { press: { deploys: 'arn:aws:iam::123456789012:role/continuum-ci-press' } } })
})

test('who did what is recorded in a bucket that the trail alone writes to, before the trail begins', async () => {
  const { textOf, resources } = await planned()
  const { Statement } = JSON.parse(textOf('trail', 'BucketPolicy', 'policy'))
  expect(Statement.map(({ Sid, Effect }: { Sid: string; Effect: string }) => `${Effect} ${Sid}`)).toEqual([
    expect.stringMatching(/^Deny /),
    'Allow TrailLooks',
    'Allow TrailWrites',
  ])
  expect(Statement[2]).toMatchObject({
    Resource: 'arn:aws:s3:::continuum-trail-123456789012/AWSLogs/123456789012/*',
    Condition: {
      StringEquals: { 'aws:SourceArn': 'arn:aws:cloudtrail:us-east-1:123456789012:trail/continuum-account' },
    },
  })
  const order = resources.map(({ type }) => type.split(':').at(-1))
  expect(order.indexOf('BucketPolicy')).toBeLessThan(order.indexOf('Trail'))
})

test('the account has a budget of its own, and a detector', async () => {
  const { textOf, resources } = await planned()
  expect(textOf('account-budget', 'Budget', 'limitAmount')).toBe('900')
  expect(textOf('account-budget', 'Budget', 'costFilters')).toBe('undefined')
  expect(resources.map(({ type }) => type)).toContain('aws:guardduty/detector:Detector')
})

test('what is missing or wrong in the configuration is told at once, each with the command that sets it', async () => {
  const { emails: _, ...rest } = config
  const wrong = { ...rest, account: '12', environments: 'press' }
  expect(() => readFoundationSettings(wrong)).toThrow(
    `The configuration of this stack is not complete:
  account is 12, but must be the number of the account, twelve digits: pulumi config set account VALUE
  environments is press, but must be the environments that CI deploys, a list of names: pulumi config set --path 'environments[0]' VALUE
  emails is not set, but must be the addresses that are told of costs, a list of one to ten: pulumi config set --path 'emails[0]' VALUE`,
  )
  await expect(planned(wrong)).rejects.toThrow('account is 12')
})
