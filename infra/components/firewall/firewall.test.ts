import { expect, test } from 'vitest'
import { plainEnvironment } from '../../proofs/testing/environments.ts'
import { plan } from '../../proofs/testing/planned.ts'
import { Firewall } from './firewall.ts'
import { loadBalancerRules, journalRules, type Waf } from './rules.ts'

const waf: Waf = { signInRequests: 100, apiRequests: 6000, commonRules: 'count' }
const domain = { name: 'example.org' }
const told = { ...plainEnvironment, domain, waf }

async function firewallOf(loadBalancerArn?: string) {
  const { resources } = await plan(
    () =>
      new Firewall('firewall', {
        environment: plainEnvironment,
        before: loadBalancerArn === undefined ? 'journal' : 'entrance',
        region: 'us-east-1',
        account: '123456789012',
        rules: loadBalancerRules(told),
        ...(loadBalancerArn !== undefined && { loadBalancerArn }),
      }),
  )
  return (name: string) => resources.find((each) => each.name === name)?.inputs
}

/** A statement in short: who is meant by it. */
function short(statement: unknown): unknown {
  const { byteMatchStatement: bytes, orStatement, andStatement, notStatement } = Object(statement)
  if (orStatement) return orStatement.statements.map(short)
  if (andStatement) return { all: andStatement.statements.map(short) }
  if (notStatement) return { not: short(notStatement.statement) }
  return `${Object.keys(bytes.fieldToMatch).join()} ${bytes.positionalConstraint} ${bytes.searchString}`
}
const rateOf = (rules: ReturnType<typeof loadBalancerRules>, name: string) => {
  const rule = rules.find((each) => each.name === name)
  const { limit, evaluationWindowSec, aggregateKeyType, scopeDownStatement } = Object(
    rule?.statement,
  ).rateBasedStatement
  return { limit, evaluationWindowSec, aggregateKeyType, of: short(scopeDownStatement), action: rule?.action }
}

const paths = ['uriPath STARTS_WITH /api/', 'uriPath STARTS_WITH /oai', 'uriPath STARTS_WITH /search']
const later = {
  block: { customResponse: { responseCode: 429, responseHeaders: [{ name: 'retry-after', value: '300' }] } },
}

test('who signs in too often, or asks APIs too often, from one address is told to come later', () => {
  const rules = loadBalancerRules(told)
  const five = { evaluationWindowSec: 300, aggregateKeyType: 'IP', action: later }
  expect(rateOf(rules, 'sign-in')).toEqual({ ...five, limit: 100, of: 'uriPath STARTS_WITH /sign-in' })
  const hosts = ['lax', 'api'].map((host) => `singleHeader EXACTLY continuum-test--${host}.example.org`)
  expect(rateOf(rules, 'apis')).toEqual({ ...five, limit: 6000, of: [...hosts, ...paths] })
})

test('without a domain the APIs are known by their ports', () => {
  const { domain: _, ...bare } = told
  expect(rateOf(loadBalancerRules(bare), 'apis').of).toEqual([
    'singleHeader ENDS_WITH :4602',
    'singleHeader ENDS_WITH :4604',
    ...paths,
  ])
})

test('readers whom CloudFront brings are not taken for one: they are counted there', () => {
  const behind = { ...told, cdn: { priceClass: 'PriceClass_100' as const, journal: true } }
  expect(rateOf(loadBalancerRules(behind), 'apis').of).toMatchObject({
    all: [{ not: 'singleHeader EXACTLY continuum-test--journal.example.org' }, expect.anything()],
  })
  expect(rateOf(journalRules(behind), 'apis')).toMatchObject({ limit: 6000, of: paths })
  expect(journalRules(behind).map(({ name }) => name)).toEqual(['apis', 'common'])
})

test("AWS's common rules count, or refuse all but long bodies with markup, which articles are, and scripts without a name", () => {
  const common = (commonRules: Waf['commonRules']) =>
    loadBalancerRules({ ...told, waf: { ...waf, commonRules } }).find(({ name }) => name === 'common')
  expect(common('count')).toMatchObject({ overrideAction: { count: {} } })
  const blocking = common('block')
  expect(blocking).toMatchObject({ overrideAction: { none: {} } })
  const { ruleActionOverrides } = Object(blocking?.statement).managedRuleGroupStatement
  const counted = ruleActionOverrides.map(({ name }: { name: string }) => name)
  expect(counted).toEqual(expect.arrayContaining(['SizeRestrictions_BODY', 'CrossSiteScripting_BODY']))
})

test('it is before the load balancer, or for CloudFront, which names it itself', async () => {
  const regional = await firewallOf(
    'arn:aws:elasticloadbalancing:us-east-1:123456789012:loadbalancer/app/ct-continuum/1',
  )
  expect(regional('firewall-rules')).toMatchObject({
    name: 'ct-entrance',
    scope: 'REGIONAL',
    defaultAction: { allow: {} },
  })
  expect(regional('firewall-place')).toMatchObject({ resourceArn: expect.stringContaining('loadbalancer/app') })
  const global = await firewallOf()
  expect(global('firewall-rules')).toMatchObject({ name: 'ct-journal', scope: 'CLOUDFRONT' })
  expect(global('firewall-place')).toBeUndefined()
})

test('what it refuses or counts is logged for a week, without cookies, passwords and the tokens of links', async () => {
  const inputsOf = await firewallOf()
  expect(inputsOf('firewall-log')).toMatchObject({ name: 'aws-waf-logs-ct-journal', retentionInDays: 7 })
  expect(inputsOf('firewall-logging')).toMatchObject({
    redactedFields: [
      { singleHeader: { name: 'cookie' } },
      { singleHeader: { name: 'authorization' } },
      { queryString: {} },
    ],
    loggingFilter: { defaultBehavior: 'DROP' },
  })
  const [statement] = JSON.parse(String(inputsOf('firewall-log-writer')?.['policyDocument'])).Statement
  expect(statement).toMatchObject({
    Principal: { Service: 'delivery.logs.amazonaws.com' },
    Condition: {
      StringEquals: { 'aws:SourceAccount': '123456789012' },
      ArnLike: { 'aws:SourceArn': ['arn:aws:logs:us-east-1:123456789012:*'] },
    },
  })
})
