import type { Plan } from '../proofs/plan/resource.ts'
import type { Assumptions } from './assumptions.ts'
import { NotPricedError, sum, type Line } from './line.ts'
import { whileAllRun } from './tasks.ts'
import { asOf, hours, region } from './prices.ts'
import { free, priced } from './priced.ts'

/** The cost of an environment a month. */
export interface Estimate {
  readonly environment: string
  /** The region and the month of the prices, and the hours of a month. */
  readonly prices: { readonly region: string; readonly asOf: string; readonly hours: number }
  readonly assumptions: Assumptions
  readonly lines: readonly Line[]
  readonly fixed: number
  readonly byUse: number
  readonly total: number
  /** The dollars by which it costs more while as many tasks run as may. */
  readonly whileAllRun: number
  /** The parts of the plan that the table does not know, so that they are missing in the total. */
  readonly notPriced: readonly string[]
}

/** Computes what a planned environment costs a month. */
export function estimate({ stack, resources }: Plan, assumptions: Assumptions): Estimate {
  const byType = Map.groupBy(
    resources.filter(({ custom, type }) => custom && !free.has(type)),
    ({ type }) => type,
  )
  const notPriced: string[] = []
  const lines = [...byType].flatMap(([type, all]) => {
    const rule = priced[type]
    if (!rule) {
      notPriced.push(`${all.length} ${type}`)
      return []
    }
    try {
      return rule(all, { resources, assumptions })
    } catch (error) {
      if (!(error instanceof NotPricedError)) throw error
      notPriced.push(error.message)
      return []
    }
  })
  const merged = mergedOf(lines).toSorted((one, other) => other.dollars - one.dollars)
  const of = (kind: Line['kind']) =>
    sum(
      merged.filter((line) => line.kind === kind),
      ({ dollars }) => dollars,
    )
  const [fixed, byUse] = [of('fixed'), of('use')]
  return {
    environment: stack,
    prices: { region, asOf, hours },
    assumptions,
    lines: merged,
    fixed,
    byUse,
    total: fixed + byUse,
    whileAllRun: whileAllRun(resources),
    notPriced,
  }
}

/** One line for all of the same name and price. */
function mergedOf(lines: readonly Line[]): Line[] {
  return [...Map.groupBy(lines, ({ kind, what, price }) => `${kind} ${what} ${price.dollars}`).values()].flatMap(
    (same) =>
      same.slice(0, 1).map((line) => ({
        ...line,
        quantity: sum(same, ({ quantity }) => quantity),
        dollars: sum(same, ({ dollars }) => dollars),
      })),
  )
}
