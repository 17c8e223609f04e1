import type { PlannedResource } from '../proofs/plan/resource.ts'
import { textOf, type Value } from '../proofs/wire/values.ts'
import type { Assumptions } from './assumptions.ts'
import type { Price } from './prices.ts'

/** A line of the table. */
export interface Line {
  /** Fixed: it stands there whether it is used or not. Use: each use adds to it. */
  readonly kind: 'fixed' | 'use'
  readonly what: string
  /** In the unit of its price, a month. */
  readonly quantity: number
  readonly price: Price
  readonly dollars: number
}

/** The whole plan of an environment, and the use that is assumed. */
export interface PricedPlan {
  readonly resources: readonly PlannedResource[]
  readonly assumptions: Assumptions
}

/** Prices all resources of one type. Throws `NotPricedError` where it has no price for one of them. */
export type Rule = (all: readonly PlannedResource[], plan: PricedPlan) => readonly Line[]

/** Thrown for a resource of a known type that is of a size or kind without a price. */
export class NotPricedError extends Error {
  override readonly name = 'NotPricedError'
}

/** A line of something that stands there. */
export const fixed = (what: string, quantity: number, price: Price): Line => ({
  kind: 'fixed',
  what,
  quantity,
  price,
  dollars: quantity * price.dollars,
})

/** A line of something that use adds. */
export const used = (what: string, quantity: number, price: Price): Line => ({
  ...fixed(what, quantity, price),
  kind: 'use',
})

/** The resources of a type in the plan. */
export const ofType = (resources: readonly PlannedResource[], type: string): readonly PlannedResource[] =>
  resources.filter((each) => each.type === type)

/** A number of a resource's input. */
export const numberOf = (value: Value | undefined): number => Number(textOf(value))

/** The sum of a number of each. */
export const sum = <T>(all: readonly T[], of: (each: T) => number): number =>
  all.reduce((total, each) => total + of(each), 0)
