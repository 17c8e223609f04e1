import { isObject, textOf } from '../../wire/values.ts'
import { each, matches, oneOf, type Kinds } from '../rules/kind.ts'

export const budgets = {
  'aws:budgets/budget:Budget': {
    named: 'name',
    replaces: ['name', 'namePrefix'],
    rules: [
      matches('name', /^[^:\\]{1,100}$/, '1 to 100 characters, no : and no \\'),
      oneOf('budgetType', 'USAGE', 'COST', 'RI_UTILIZATION', 'RI_COVERAGE', 'SAVINGS_PLANS_UTILIZATION'),
      oneOf('timeUnit', 'DAILY', 'MONTHLY', 'QUARTERLY', 'ANNUALLY'),
      matches('limitAmount', /^\d+(\.\d+)?$/, 'a number as text'),
      each(
        'notifications',
        (notification) =>
          isObject(notification) &&
          ['ACTUAL', 'FORECASTED'].includes(textOf(notification['notificationType'] ?? '')) &&
          [notification['subscriberEmailAddresses'] ?? []].flat().length <= 10,
        'notifications of ACTUAL or FORECASTED costs to at most ten addresses',
      ),
    ],
    made: ({ text, arn: of, context }) => ({
      id: `${context.account}:${text('name')}`,
      arn: of('budgets', `budget/${text('name')}`, 'global'),
      accountId: context.account,
    }),
  },
} satisfies Kinds
