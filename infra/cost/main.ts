import { plannedStacks } from '../proofs/plan/golden.ts'
import { PlanError } from '../proofs/plan/resource.ts'
import { asked, usage, UsageError } from './arguments.ts'

/** The command behind `continuum cost`. */
async function main(): Promise<number> {
  const order = asked(process.argv.slice(2), await plannedStacks())
  if (!order) {
    console.log(usage)
    return 0
  }
  // Loaded late: they take a second, which a mistake in the command line need not wait for.
  const [{ planOf }, { estimate }, { tableOf }] = await Promise.all([
    import('../proofs/plan/plan.ts'),
    import('./estimate.ts'),
    import('./table.ts'),
  ])
  const found = estimate(await planOf(order.environment), order.assumptions)
  console.log(order.json ? JSON.stringify(found) : tableOf(found))
  return found.notPriced.length > 0 ? 1 : 0
}

try {
  process.exitCode = await main()
} catch (error) {
  if (!(error instanceof UsageError) && !(error instanceof PlanError)) throw error
  console.error(error instanceof UsageError ? `${error.message}\n\n${usage}` : error.message)
  process.exitCode = 2
}
