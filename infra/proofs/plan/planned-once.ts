import { planOf } from './plan.ts'
import type { Plan } from './resource.ts'

const plans = new Map<string, Promise<Plan>>()

/** Plans an environment as its file says, for tests that only read the plan: those of one process share it, for a plan takes seconds. */
export function plannedOnce(stack: string): Promise<Plan> {
  const known = plans.get(stack)
  if (known) return known
  const plan = planOf(stack)
  plans.set(stack, plan)
  return plan
}
