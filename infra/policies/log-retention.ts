import { isA, type Policy } from './policy.ts'

/** CloudWatch keeps logs for ever, and charges for it, unless it is told otherwise. */
export const logRetention: Policy = {
  name: 'log-retention',
  description: 'Every log group says for how many days it keeps what is in it.',
  alone(resource) {
    if (!isA(resource, 'cloudwatch/logGroup:LogGroup')) return []
    const days = resource.props['retentionInDays']
    return days === undefined || days === 0 ? ['keeps logs for ever: set retentionInDays'] : []
  },
}
