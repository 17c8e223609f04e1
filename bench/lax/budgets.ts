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

export function createBudgets(): Budgets {
  let exceeded = 0
  return {
    keep: (is, budget) => {
      const { strict = true } = budget
      const kept = 'min' in budget ? is >= budget.min : is <= budget.max
      if (!kept && strict) exceeded++
      const limit = 'min' in budget ? `>= ${budget.min}` : `<= ${budget.max}`
      return `${limit}${kept ? '' : strict ? '  EXCEEDED' : '  exceeded'}`
    },
    exceeded: () => exceeded,
  }
}

export function median(of: readonly number[]): number {
  return of.toSorted((a, b) => a - b)[Math.floor(of.length / 2)] ?? 0
}
