import { textOf } from '../../wire/values.ts'
import { arn, policyDocument } from '../rules/documents.ts'
import { matches, oneOf, type Kinds } from '../rules/kind.ts'

const retentions = [
  0, 1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653,
]
const name = (property: string) =>
  matches(property, /^[.\-_/#A-Za-z0-9]{1,512}$/, '1 to 512 of letters, digits and _ - / . #')

export const logs = {
  'aws:cloudwatch/logGroup:LogGroup': {
    named: 'name',
    replaces: ['name', 'namePrefix', 'logGroupClass'],
    rules: [name('name'), oneOf('retentionInDays', ...retentions), arn('kmsKeyId')],
    made: ({ text, arn: of }) => ({ id: text('name'), arn: of('logs', `log-group:${text('name')}`) }),
  },
  'aws:cloudwatch/logResourcePolicy:LogResourcePolicy': {
    named: 'policyName',
    replaces: ['policyName'],
    rules: [
      policyDocument('policyDocument', 'resource'),
      {
        property: 'policyDocument',
        holds: (value) => textOf(value).length <= 5120,
        says: 'at most 5,120 characters',
      },
    ],
    made: ({ text }) => ({ id: text('policyName') }),
  },
  'aws:cloudwatch/logMetricFilter:LogMetricFilter': {
    replaces: ['name', 'logGroupName'],
    rules: [matches('name', /^[^:*]{1,512}$/, '1 to 512 characters, no : and no *'), name('logGroupName')],
    made: ({ text }) => ({ id: text('name') }),
  },
} satisfies Kinds
