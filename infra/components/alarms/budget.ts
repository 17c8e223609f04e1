import type { Environment } from '@continuum/environments'
import { budgets } from '@pulumi/aws'
import type { CustomResourceOptions } from '@pulumi/pulumi'

/**
 * Creates a monthly budget: a mail at four fifths of it, when it is spent, and when the month is going to cost more. That of an environment
 * counts what has the environment's tag, once the tag is activated for cost allocation in the account; without one it counts the whole account.
 */
export function makeBudget(
  name: string,
  args: { own: string; environment?: Environment; monthlyDollars: number; email: readonly string[] },
  child: CustomResourceOptions,
): budgets.Budget {
  const { own, environment, monthlyDollars, email } = args
  const at = (threshold: number, notificationType: 'ACTUAL' | 'FORECASTED') => ({
    comparisonOperator: 'GREATER_THAN',
    threshold,
    thresholdType: 'PERCENTAGE',
    notificationType,
    subscriberEmailAddresses: [...email],
  })
  return new budgets.Budget(
    `${name}-budget`,
    {
      name: own,
      budgetType: 'COST',
      limitAmount: String(monthlyDollars),
      limitUnit: 'USD',
      timeUnit: 'MONTHLY',
      ...(environment && {
        costFilters: [{ name: 'TagKeyValue', values: [`user:environment$${environment.name}`] }],
      }),
      notifications: [at(80, 'ACTUAL'), at(100, 'ACTUAL'), at(100, 'FORECASTED')],
    },
    child,
  )
}
