/**
 * Measures the lists of the dashboard at 10,000 articles and 400,000 events against 1,000 articles and 40,000 events, in one run:
 *
 *     npm run bench:dashboard              # about two minutes
 *     npm run bench:dashboard -- --short   # fewer rounds, for CI
 *
 * Prints a line for each page: the median time at both sizes, the ratio and the budget, which is 1.5. Both sizes have the same
 * number of rows on each page, so that what differs is how many are in the database. Exits 1 where a budget is exceeded; the short
 * form fails where one is exceeded by half.
 */
import { parseArgs } from 'node:util'
import { createBudgets } from '../constant/budgets.ts'
import { comparePages } from './pages.ts'
import { startSystem } from './system.ts'

const { values } = parseArgs({ options: { short: { type: 'boolean', default: false } } })
const budgets = createBudgets(values.short ? 1.5 : 1)

await using system = await startSystem({ few: 1_000, many: 10_000 })
await comparePages(system, values.short ? 15 : 60, budgets)
process.exitCode = budgets.exceeded() > 0 ? 1 : 0
