import type { Environment } from '@continuum/environments'
import { cloudwatch, wafv2, type types } from '@pulumi/aws'
import { all, ComponentResource, type ComponentResourceOptions, type Input, type Output } from '@pulumi/pulumi'
import { ownName } from '../naming.ts'
import { visible } from './rules.ts'

export interface FirewallArgs {
  environment: Pick<Environment, 'name' | 'prefix' | 'shape'>
  /** The place that it is before: a part of its name. */
  before: 'entrance' | 'journal'
  /** The region of its provider; that of CloudFront is us-east-1. */
  region: string
  /** The AWS account. */
  account: Input<string>
  rules: types.input.wafv2.WebAclRule[]
  /** The load balancer; absent for CloudFront, which names the web ACL itself. */
  loadBalancerArn?: Input<string>
}

/** The days that requests are kept which a rule refused or counted: they have addresses of readers. */
const logDays = 7

/**
 * A web ACL of WAF, and the log of the requests that its rules refuse or count. WAF writes into no bucket or log group but such as have a
 * name of its own, so the log is not in the bucket of the others.
 */
export class Firewall extends ComponentResource {
  readonly arn: Output<string>

  constructor(name: string, args: FirewallArgs, options?: ComponentResourceOptions) {
    super('continuum:firewall:Firewall', name, {}, options)
    const { environment, before, region, account, rules, loadBalancerArn } = args
    const child = { parent: this }
    const own = ownName(environment, before)

    const acl = new wafv2.WebAcl(
      `${name}-rules`,
      {
        name: own,
        description: `What may reach the ${before} of ${environment.name}`,
        scope: loadBalancerArn === undefined ? 'CLOUDFRONT' : 'REGIONAL',
        defaultAction: { allow: {} },
        rules,
        visibilityConfig: visible(own),
      },
      child,
    )
    if (loadBalancerArn !== undefined)
      new wafv2.WebAclAssociation(`${name}-place`, { resourceArn: loadBalancerArn, webAclArn: acl.arn }, child)
    const log = new cloudwatch.LogGroup(`${name}-log`, { name: `aws-waf-logs-${own}`, retentionInDays: logDays }, child)
    const policyDocument = all([log.arn, account]).apply(([group, id]) =>
      JSON.stringify({ Version: '2012-10-17', Statement: [mayWrite(group, { account: id, region })] }),
    )
    const writer = new cloudwatch.LogResourcePolicy(
      `${name}-log-writer`,
      { policyName: `aws-waf-logs-${own}`, policyDocument },
      child,
    )
    new wafv2.WebAclLoggingConfiguration(
      `${name}-logging`,
      {
        resourceArn: acl.arn,
        logDestinationConfigs: [log.arn],
        // Signed-in people's cookies, passwords, and the tokens of links.
        redactedFields: [
          { singleHeader: { name: 'cookie' } },
          { singleHeader: { name: 'authorization' } },
          { queryString: {} },
        ],
        loggingFilter: {
          defaultBehavior: 'DROP',
          filters: [
            {
              behavior: 'KEEP',
              requirement: 'MEETS_ANY',
              conditions: ['BLOCK', 'COUNT', 'EXCLUDED_AS_COUNT'].map((action) => ({ actionCondition: { action } })),
            },
          ],
        },
      },
      { ...child, dependsOn: [writer] },
    )
    this.arn = acl.arn
    this.registerOutputs({ arn: this.arn })
  }
}

/** Lets the delivery of logs write into a log group, on behalf of this account. */
function mayWrite(group: string, { account, region }: { account: string; region: string }): object {
  return {
    Sid: 'FirewallLogs',
    Effect: 'Allow',
    Principal: { Service: 'delivery.logs.amazonaws.com' },
    Action: ['logs:CreateLogStream', 'logs:PutLogEvents'],
    Resource: `${group}:*`,
    Condition: {
      StringEquals: { 'aws:SourceAccount': account },
      ArnLike: { 'aws:SourceArn': [`arn:aws:logs:${region}:${account}:*`] },
    },
  }
}
