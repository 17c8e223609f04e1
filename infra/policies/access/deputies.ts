import { isA, type Checked, type Policy } from '../model/policy.ts'
import { statementsOf, type Statement } from '../model/statements.ts'

/**
 * EventBridge says no source when it publishes to a topic, or uses its key: a condition would never hold, and nothing would be sent
 * (AWS: no condition blocks in topic policies for EventBridge).
 */
const withoutSource = ['events.amazonaws.com']
/** The services whose ARNs name no account: a bucket that is deleted may be another account's tomorrow. */
const withoutAccount = ['s3.amazonaws.com']

/** No other account can have an AWS service do what that service may do for this one (the confused deputy). */
export const deputies: Policy = {
  name: 'no-confused-deputy',
  description:
    'Whatever lets an AWS service in says on behalf of which account, and of which resource where AWS knows it.',
  alone(resource) {
    return statementsOf(resource)
      .filter(({ effect }) => effect === 'Allow')
      .flatMap((statement) => statement.services.flatMap((service) => gapsIn(resource, statement, service)))
  },
}

function gapsIn(resource: Checked, { conditions }: Statement, service: string): string[] {
  if (withoutSource.includes(service) && !isA(resource, 'iam/role:Role')) return []
  const valuesOf = (key: string) =>
    Object.entries(conditions).flatMap(([name, values]) => (name.endsWith(` ${key}`) ? values : []))
  const accounts = valuesOf('aws:sourceaccount').filter((value) => /^\d{12}$/.test(value))
  const sources = valuesOf('aws:sourcearn').filter((value) => value.startsWith('arn:'))
  const ofAccount = sources.length > 0 && sources.every((value) => /^arn:[\w-]+:[\w-]+:[\w-]*:\d{12}:/.test(value))
  if (accounts.length === 0 && !ofAccount)
    return [`lets ${service} act for any account: add the condition aws:SourceAccount`]
  const needsSource = isA(resource, 'iam/role:Role', 's3/bucketPolicy:BucketPolicy') || withoutAccount.includes(service)
  return needsSource && sources.length === 0
    ? [`lets ${service} act for anything in the account: add the condition aws:SourceArn`]
    : []
}
