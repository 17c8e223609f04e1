import { tlsOnly } from '@continuum/aws-resources'
import { kms, sns } from '@pulumi/aws'
import type { CustomResourceOptions, Input, Output } from '@pulumi/pulumi'
import { output } from '@pulumi/pulumi'

/** The environment whose alarms a topic takes. */
interface Source {
  readonly account: string
  readonly region: string
  /** The beginning of the names of the environment's alarms. */
  readonly prefix: string
}

/**
 * Creates the topic of an environment's alarms, which sends e-mail. Each address must confirm its subscription once, by the link that
 * AWS sends.
 *
 * @param args.account the AWS account; alarms of other accounts, regions and environments may not publish to the topic
 */
export function makeTopic(
  name: string,
  args: { own: string; prefix: string; region: string; account: Input<string>; email: readonly string[] },
  child: CustomResourceOptions,
): Output<string> {
  const { own, prefix, region } = args
  const source = output(args.account).apply((account): Source => ({ account, region, prefix }))
  // CloudWatch may not use the AWS managed key, so the topic needs a key of its own.
  const key = new kms.Key(
    `${name}-key`,
    {
      description: `Encrypts the topic ${own}`,
      enableKeyRotation: true,
      deletionWindowInDays: 7,
      policy: source.apply((from) => JSON.stringify(keyPolicy(from))),
    },
    child,
  )
  const topic = new sns.Topic(`${name}-topic`, { name: own, kmsMasterKeyId: key.arn }, child)
  const policy = output({ arn: topic.arn, source }).apply((known) =>
    JSON.stringify(topicPolicy(known.arn, known.source)),
  )
  new sns.TopicPolicy(`${name}-topic-policy`, { arn: topic.arn, policy }, child)
  args.email.forEach((endpoint, index) => {
    const subscription = { topic: topic.arn, protocol: 'email', endpoint }
    new sns.TopicSubscription(`${name}-email-${index + 1}`, subscription, child)
  })
  return topic.arn
}

const cloudWatch = { Service: 'cloudwatch.amazonaws.com' }
/** EventBridge names neither account nor rule when it publishes: a condition would keep its own messages away. */
const eventBridge = { Service: 'events.amazonaws.com' }
const fromAlarms = ({ account, region, prefix }: Source) => ({
  ArnLike: { 'aws:SourceArn': `arn:aws:cloudwatch:${region}:${account}:alarm:${prefix}*` },
  StringEquals: { 'aws:SourceAccount': account },
})

/** In a key policy `*` is the key itself. */
function keyPolicy(source: Source) {
  const key = { Effect: 'Allow', Resource: '*' }
  const use = { ...key, Action: ['kms:Decrypt', 'kms:GenerateDataKey*'] }
  return {
    Version: '2012-10-17',
    Statement: [
      { Sid: 'Account', ...key, Principal: { AWS: `arn:aws:iam::${source.account}:root` }, Action: 'kms:*' },
      { Sid: 'Alarms', ...use, Principal: cloudWatch, Condition: fromAlarms(source) },
      { Sid: 'Scans', ...use, Principal: eventBridge },
    ],
  }
}

function topicPolicy(topic: string, source: Source) {
  const publish = { Effect: 'Allow', Action: 'sns:Publish', Resource: topic }
  return {
    Version: '2012-10-17',
    Statement: [
      tlsOnly('sns:Publish', topic),
      { Sid: 'Alarms', ...publish, Principal: cloudWatch, Condition: fromAlarms(source) },
      { Sid: 'Scans', ...publish, Principal: eventBridge },
    ],
  }
}
