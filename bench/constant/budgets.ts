/** Budgets, and how many of them were exceeded. */
export interface Budgets {
  /** Compares a figure with its budget and says so: `>= 0.5`, `<= 15  EXCEEDED`. */
  readonly keep: (is: number, budget: Budget) => string
  readonly exceeded: () => number
}

export type Budget = ({ readonly min: number } | { readonly max: number }) & {
  /** False for what passing time says, which on a busy machine is little: it is told, and no failure. */
  readonly strict?: boolean
}

/** @param slack a budget fails where it is exceeded by this factor; what is exceeded by less is told */
export function createBudgets(slack = 1): Budgets {
  let exceeded = 0
  return {
    keep: (is, budget) => {
      const { strict = true } = budget
      const kept = 'min' in budget ? is >= budget.min : is <= budget.max
      const holds = 'min' in budget ? is * slack >= budget.min : is <= budget.max * slack
      if (!holds && strict) exceeded++
      const limit = 'min' in budget ? `>= ${budget.min}` : `<= ${budget.max}`
      return `${limit}${kept ? '' : strict && !holds ? '  EXCEEDED' : '  exceeded'}`
    },
    exceeded: () => exceeded,
  }
}

export function median(of: readonly number[]): number {
  return of.toSorted((a, b) => a - b)[Math.floor(of.length / 2)] ?? 0
}
