import { matches, type Kinds } from '../rules/kind.ts'

export const swf = {
  'aws:swf/domain:Domain': {
    named: 'name',
    replaces: ['name', 'namePrefix', 'description', 'workflowExecutionRetentionPeriodInDays'],
    rules: [
      matches(
        'name',
        /^(?!.*arn)(?!.*[:/|\p{Cc}])(?!\s).{1,256}(?<!\s)$/u,
        '1 to 256 characters, none of : / | and without "arn"',
      ),
      matches(
        'workflowExecutionRetentionPeriodInDays',
        /^(\d|[1-8]\d|90|NONE)$/,
        'days from 0 to 90, as text, or NONE',
      ),
    ],
    made: ({ text, arn }) => ({ id: text('name'), arn: arn('swf', `/domain/${text('name')}`) }),
  },
} satisfies Kinds
