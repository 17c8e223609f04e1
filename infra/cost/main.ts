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
  const [{ planOf }, { estimate }, { summaryOf, tableOf }] = await Promise.all([
    import('../proofs/plan/plan.ts'),
    import('./estimate.ts'),
    import('./table.ts'),
  ])
  const found = []
  for (const environment of order.environments) found.push(estimate(await planOf(environment), order.assumptions))
  if (order.json) console.log(JSON.stringify(order.inShort ? found : found[0]))
  else console.log(order.inShort ? summaryOf(found) : found.map(tableOf).join('\n'))
  return found.some(({ notPriced }) => notPriced.length > 0) ? 1 : 0
}

try {
  process.exitCode = await main()
} catch (error) {
  if (!(error instanceof UsageError) && !(error instanceof PlanError)) throw error
  console.error(error instanceof UsageError ? `${error.message}\n\n${usage}` : error.message)
  process.exitCode = 2
}
