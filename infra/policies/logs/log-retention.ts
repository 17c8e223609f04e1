import { isA, type Policy } from '../model/policy.ts'

/** CloudWatch keeps logs forever, and charges for them, unless a retention is set. */
export const logRetention: Policy = {
  name: 'log-retention',
  description: 'Every log group has a retention in days.',
  alone(resource) {
    if (!isA(resource, 'cloudwatch/logGroup:LogGroup')) return []
    const days = resource.props['retentionInDays']
    return days === undefined || days === 0 ? ['keeps logs forever: set retentionInDays'] : []
  },
}
