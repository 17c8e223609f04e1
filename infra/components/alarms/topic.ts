import { kms, sns } from '@pulumi/aws'
import type { CustomResourceOptions, Input, Output } from '@pulumi/pulumi'
import { output } from '@pulumi/pulumi'

/**
 * Creates the topic of an environment's alarms, which sends e-mail. Each address must confirm its subscription once, by the link that
 * AWS sends.
 *
 * @param args.account the AWS account; alarms of other accounts may not publish to the topic
 */
export function makeTopic(
  name: string,
  args: { own: string; account: Input<string>; email: readonly string[] },
  child: CustomResourceOptions,
): Output<string> {
  const { own } = args
  const account = output(args.account)
  // CloudWatch may not use the AWS managed key, so the topic needs a key of its own.
  const key = new kms.Key(
    `${name}-key`,
    {
      description: `Encrypts the topic ${own}`,
      enableKeyRotation: true,
      deletionWindowInDays: 7,
      policy: account.apply((id) => JSON.stringify(keyPolicy(id))),
    },
    child,
  )
  const topic = new sns.Topic(`${name}-topic`, { name: own, kmsMasterKeyId: key.arn }, child)
  const policy = output([topic.arn, account]).apply(([arn = '', id = '']) => JSON.stringify(topicPolicy(arn, id)))
  new sns.TopicPolicy(`${name}-topic-policy`, { arn: topic.arn, policy }, child)
  args.email.forEach((endpoint, index) => {
    const subscription = { topic: topic.arn, protocol: 'email', endpoint }
    new sns.TopicSubscription(`${name}-email-${index + 1}`, subscription, child)
  })
  return topic.arn
}

const cloudWatch = { Service: 'cloudwatch.amazonaws.com' }
const ofAccount = (account: string) => ({ StringEquals: { 'aws:SourceAccount': account } })

/** In a key policy `*` is the key itself. */
function keyPolicy(account: string) {
  const key = { Effect: 'Allow', Resource: '*' }
  return {
    Version: '2012-10-17',
    Statement: [
      { Sid: 'Account', ...key, Principal: { AWS: `arn:aws:iam::${account}:root` }, Action: 'kms:*' },
      {
        Sid: 'Alarms',
        ...key,
        Principal: cloudWatch,
        Action: ['kms:Decrypt', 'kms:GenerateDataKey*'],
        Condition: ofAccount(account),
      },
    ],
  }
}

function topicPolicy(topic: string, account: string) {
  return {
    Version: '2012-10-17',
    Statement: [
      {
        Sid: 'Alarms',
        Effect: 'Allow',
        Principal: cloudWatch,
        Action: 'sns:Publish',
        Resource: topic,
        Condition: ofAccount(account),
      },
    ],
  }
}
