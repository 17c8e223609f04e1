import { isA, notYetKnown, textOf, type Checked, type Policy } from '../model/policy.ts'
import { statementsOf } from '../model/statements.ts'

/** The types that answer without TLS too unless their policy forbids it: each, the type of its policy, and how the two name each other. */
const kinds = [
  { type: 's3/bucket:Bucket', by: 's3/bucketPolicy:BucketPolicy', own: 'bucket', names: 'bucket' },
  { type: 'sqs/queue:Queue', by: 'sqs/queuePolicy:QueuePolicy', own: 'name', names: 'queueUrl' },
  { type: 'sns/topic:Topic', by: 'sns/topicPolicy:TopicPolicy', own: 'name', names: 'arn' },
] as const

/** S3, SQS and SNS also answer without TLS, unless a policy says that they may not. */
export const transport: Policy = {
  name: 'tls-only',
  description: 'Every bucket, queue and topic has a policy that denies whatever comes without TLS.',
  together(resources) {
    return kinds.flatMap(({ type, by, own, names }) => {
      const policies = resources.filter((each) => isA(each, by))
      // Until a queue or a topic exists nobody knows its address, and so not whose policy it is.
      if (policies.some(({ props }) => props[names] === notYetKnown)) return []
      const closed = policies.filter(deniesPlain).map(({ props }) => nameIn(props[names]))
      return resources
        .filter(
          (each) => isA(each, type) && each.props[own] !== notYetKnown && !closed.includes(textOf(each.props[own])),
        )
        .map((of) => ({ of, message: 'answers without TLS: deny it where aws:SecureTransport is false' }))
    })
  },
}

/** The name of a bucket, of a queue by its URL, or of a topic by its ARN. */
const nameIn = (address: unknown): string => textOf(address).split(/[/:]/).at(-1) ?? ''

function deniesPlain(policy: Checked): boolean {
  if (policy.props['policy'] === notYetKnown) return true
  return statementsOf(policy).some(
    ({ effect, principals, conditions }) =>
      effect === 'Deny' && principals.includes('*') && conditions['Bool aws:securetransport']?.join() === 'false',
  )
}
