import { policyDocument, redrivePolicy } from '../rules/documents.ts'
import { between, matches, type Kinds } from '../rules/kind.ts'

export const sqs = {
  'aws:sqs/queue:Queue': {
    named: 'name',
    replaces: ['name', 'namePrefix', 'fifoQueue'],
    rules: [
      matches(
        'name',
        /^[A-Za-z0-9_-]{1,80}$|^[A-Za-z0-9_-]{1,75}\.fifo$/,
        '1 to 80 of letters, digits, hyphens and underscores',
      ),
      between('visibilityTimeoutSeconds', 0, 43_200),
      between('messageRetentionSeconds', 60, 1_209_600),
      between('delaySeconds', 0, 900),
      between('receiveWaitTimeSeconds', 0, 20),
      between('maxMessageSize', 1024, 1_048_576),
      redrivePolicy('redrivePolicy'),
      policyDocument('policy', 'resource'),
    ],
    made: ({ text, context, arn }) => {
      const url = `https://sqs.${context.region}.amazonaws.com/${context.account}/${text('name')}`
      return { id: url, url, arn: arn('sqs', text('name')) }
    },
  },
  'aws:sqs/queuePolicy:QueuePolicy': {
    replaces: ['queueUrl'],
    rules: [
      matches('queueUrl', /^https?:\/\/[^/]+\/\d{12}\/[^/]+$/, "a queue's URL"),
      policyDocument('policy', 'resource'),
    ],
    made: ({ text }) => ({ id: text('queueUrl') }),
  },
} satisfies Kinds
