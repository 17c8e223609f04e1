import { textOf } from '../../wire/values.ts'
import { arn, policyDocument } from '../rules/documents.ts'
import { uuidOf } from '../rules/digits.ts'
import { matches, oneOf, type Kinds } from '../rules/kind.ts'

export const sns = {
  'aws:sns/topic:Topic': {
    named: 'name',
    replaces: ['name', 'namePrefix', 'fifoTopic'],
    rules: [matches('name', /^[A-Za-z0-9_-]{1,256}$/, '1 to 256 of letters, digits, hyphens and underscores')],
    made: ({ text, arn: of }) => ({ id: of('sns', text('name')), arn: of('sns', text('name')) }),
  },
  'aws:sns/topicPolicy:TopicPolicy': {
    replaces: ['arn'],
    rules: [arn('arn'), policyDocument('policy', 'resource')],
    made: ({ text }) => ({ id: text('arn') }),
  },
  'aws:sns/topicSubscription:TopicSubscription': {
    replaces: ['topic', 'protocol', 'endpoint'],
    rules: [
      arn('topic'),
      oneOf('protocol', 'email', 'email-json', 'http', 'https', 'lambda', 'sqs', 'sms', 'firehose', 'application'),
      {
        property: 'endpoint',
        holds: (value, { protocol }) => protocol !== 'email' || /^[^@\s]+@[^@\s]+\.[^@\s]+$/.test(textOf(value)),
        says: 'an address that fits the protocol',
      },
    ],
    made: ({ text, digits }) => {
      const id = `${text('topic')}:${uuidOf(digits)}`
      return { id, arn: id }
    },
  },
} satisfies Kinds
