import { isA, type Policy } from '../model/policy.ts'
import { statementsOf } from '../model/statements.ts'

/** The services that deliver logs into buckets. */
const deliverers = [
  'logdelivery.elasticloadbalancing.amazonaws.com',
  'logging.s3.amazonaws.com',
  'delivery.logs.amazonaws.com',
]

/** The actions that write, and those that hold them. */
const writing = ['s3:PutObject', 's3:Put*', 's3:*', '*']

/** Of the services of AWS those alone write into a bucket that deliver logs; on whose behalf is judged by `no-confused-deputy`. */
export const logWriters: Policy = {
  name: 'log-writers',
  description: 'Of the services of AWS only those that deliver logs write into a bucket.',
  alone(resource) {
    if (!isA(resource, 's3/bucketPolicy:BucketPolicy')) return []
    return statementsOf(resource)
      .filter(({ effect, actions }) => effect === 'Allow' && actions.some((action) => writing.includes(action)))
      .flatMap(({ services }) => services.filter((service) => !deliverers.includes(service)))
      .map((service) => `lets ${service} write, which delivers no logs`)
  },
}
