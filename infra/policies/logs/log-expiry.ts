import { logBucketsIn } from './access-logs.ts'
import { isA, notYetKnown, textOf, type Checked, type Policy } from '../model/policy.ts'

/** The days for which addresses of readers are kept. */
const mostDays = 7

/** Logs with addresses of readers are deleted after a week. */
export const logExpiry: Policy = {
  name: 'log-expiry',
  description: `Logs with addresses of readers are deleted after ${mostDays} days.`,
  alone(resource) {
    // WAF writes into log groups whose names begin so, and into no others.
    if (!isA(resource, 'cloudwatch/logGroup:LogGroup') || !textOf(resource.props['name']).startsWith('aws-waf-logs-'))
      return []
    const days = Number(resource.props['retentionInDays'])
    return days > 0 && days <= mostDays ? [] : [`keeps addresses for longer than ${mostDays} days: retentionInDays`]
  },
  together(resources) {
    const holders = logBucketsIn(resources)
    const lifecycles = resources.filter((each) =>
      isA(each, 's3/bucketLifecycleConfiguration:BucketLifecycleConfiguration'),
    )
    return resources
      .filter((each) => isA(each, 's3/bucket:Bucket') && holders.has(each.props['bucket']))
      .filter(({ props: { bucket } }) => bucket !== notYetKnown && !lifecycles.some((each) => expires(each, bucket)))
      .map((of) => ({
        of,
        message: `has logs with addresses: delete all of its objects after ${mostDays} days (BucketLifecycleConfiguration)`,
      }))
  },
}

function expires({ props }: Checked, bucket: unknown): boolean {
  const rules: unknown[] = [props['rules'] ?? []].flat()
  return (
    props['bucket'] === bucket &&
    rules.some((rule) => {
      const { status, filter, expiration } = Object(rule)
      const everything = Object(filter).prefix === undefined || Object(filter).prefix === ''
      return status === 'Enabled' && everything && Number(Object(expiration).days) <= mostDays
    })
  )
}
