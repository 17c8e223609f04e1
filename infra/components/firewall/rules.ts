/** The rules of WAF before our services, as data for the resources in `firewall.ts`. */
import { hostsOf, portOf, type Environment } from '@continuum/environments'
import type { types } from '@pulumi/aws'

type Rule = types.input.wafv2.WebAclRule
type Statement = types.input.wafv2.WebAclRuleStatementRateBasedStatementScopeDownStatement
export type Waf = NonNullable<Environment['waf']>
export type Told = Pick<Environment, 'name' | 'domain' | 'cdn'> & { readonly waf: Waf }

const windowSeconds = 300

/**
 * The rules of what the load balancer serves. Rates are of one address; the journal behind CloudFront has rules there, for here its
 * readers all have CloudFront's addresses.
 */
export function loadBalancerRules(environment: Told): Rule[] {
  const { signInRequests, apiRequests, commonRules } = environment.waf
  const hosts = hostsOf(environment)
  const of = (service: 'lax' | 'api') =>
    hosts ? hostIs('EXACTLY', hosts[service]) : hostIs('ENDS_WITH', `:${portOf(service)}`)
  const apis: Statement = { orStatement: { statements: [of('lax'), of('api'), ...asked] } }
  const elsewhere = hosts && environment.cdn?.journal === true ? hosts.journal : undefined
  const here: Statement =
    elsewhere === undefined
      ? apis
      : { andStatement: { statements: [{ notStatement: { statement: hostIs('EXACTLY', elsewhere) } }, apis] } }
  return [
    rate('sign-in', 0, signInRequests, pathBegins('/sign-in')),
    rate('apis', 1, apiRequests, here),
    common(2, commonRules),
  ]
}

/** The rules of the journal at CloudFront: what answers machines, and what searches. Its pages are for everybody. */
export function journalRules({ waf: { apiRequests, commonRules } }: Pick<Told, 'waf'>): Rule[] {
  return [rate('apis', 0, apiRequests, { orStatement: { statements: asked } }), common(1, commonRules)]
}

/** The paths of all services that machines ask, or that cost much. */
const asked = ['/api/', '/oai', '/search'].map(pathBegins)

/** The rule that refuses an address that asks too often, until it does so no more. */
function rate(name: string, priority: number, limit: number, scopeDownStatement: Statement): Rule {
  return {
    name,
    priority,
    statement: {
      rateBasedStatement: { limit, evaluationWindowSec: windowSeconds, aggregateKeyType: 'IP', scopeDownStatement },
    },
    action: {
      block: {
        customResponse: { responseCode: 429, responseHeaders: [{ name: 'retry-after', value: String(windowSeconds) }] },
      },
    },
    visibilityConfig: visible(name),
  }
}

/**
 * The rules of AWS's common group that are counted where the others refuse. Bodies of ours are articles: longer than the 8 KB of which
 * the group approves, with markup and addresses in them; and scripts that ask an API need say no name of theirs.
 */
const countedAlways = [
  'SizeRestrictions_BODY',
  'CrossSiteScripting_BODY',
  'GenericLFI_BODY',
  'GenericRFI_BODY',
  'EC2MetaDataSSRF_BODY',
  'NoUserAgent_HEADER',
]

function common(priority: number, mode: Waf['commonRules']): Rule {
  return {
    name: 'common',
    priority,
    statement: {
      managedRuleGroupStatement: {
        vendorName: 'AWS',
        name: 'AWSManagedRulesCommonRuleSet',
        ...(mode === 'block' && {
          ruleActionOverrides: countedAlways.map((name) => ({ name, actionToUse: { count: {} } })),
        }),
      },
    },
    overrideAction: mode === 'block' ? { none: {} } : { count: {} },
    visibilityConfig: visible('common'),
  }
}

export function visible(metricName: string) {
  return { metricName, cloudwatchMetricsEnabled: true, sampledRequestsEnabled: true }
}

/** Paths are compared as our services read them: decoded, without dots and double slashes. */
function pathBegins(searchString: string): Statement {
  return {
    byteMatchStatement: {
      fieldToMatch: { uriPath: {} },
      positionalConstraint: 'STARTS_WITH',
      searchString,
      textTransformations: [
        { priority: 0, type: 'URL_DECODE' },
        { priority: 1, type: 'NORMALIZE_PATH' },
      ],
    },
  }
}

function hostIs(positionalConstraint: 'EXACTLY' | 'ENDS_WITH', searchString: string): Statement {
  return {
    byteMatchStatement: {
      fieldToMatch: { singleHeader: { name: 'host' } },
      positionalConstraint,
      searchString,
      textTransformations: [{ priority: 0, type: 'LOWERCASE' }],
    },
  }
}
