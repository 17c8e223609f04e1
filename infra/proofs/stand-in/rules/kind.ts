import type { Properties, Value } from '../../wire/values.ts'

/** The region and account of resources. */
export interface AwsContext {
  region: string
  account: string
  /** The image repositories of the account, each with its images as `TAG`, `TAG@sha256:...` or `sha256:...`; absent: none. */
  repositories?: Readonly<Record<string, readonly string[]>>
  /** The letters of the region's zones, in the order in which AWS lists them; absent: a, b, c. */
  zones?: readonly string[]
}

/** The values from which the outputs of a resource are made. */
export interface Making {
  /** Its name in the program. */
  name: string
  inputs: Properties
  context: AwsContext
  /** The resource's own digits, the same each time. */
  digits: string
  /** An ARN of this region and account: `arn('ecs', 'cluster/ct')`. */
  arn: (service: string, rest: string, global?: 'global') => string
  /** An input as text; empty if it is absent. */
  text: (property: string) => string
}

/** A rule of AWS for one property. It is not applied to values that are absent or not known yet. */
export interface Rule {
  property: string
  holds: (value: Value, inputs: Properties) => boolean
  /** The expected value: `3 to 63 of a-z, 0-9, dots and hyphens`. */
  says: string
}

/** A resource type of the stand-in. */
export interface Kind {
  /** The input that gets a generated name if the program gives none. */
  named?: string
  /** Inputs whose change replaces the resource. */
  replaces: readonly string[]
  rules: readonly Rule[]
  /** Makes the resource's id and its outputs beside its inputs. */
  made: (making: Making) => { id: string } & Properties
}

/** By type token: `aws:sqs/queue:Queue`. */
export type Kinds = Record<string, Kind>

/** A property with a fixed set of values. */
export const oneOf = (property: string, ...values: readonly (string | number)[]): Rule => ({
  property,
  holds: (value) => values.some((each) => each === value),
  says: `one of ${values.join(', ')}`,
})

/** A property that must match a pattern. */
export const matches = (property: string, pattern: RegExp, says: string): Rule => ({
  property,
  holds: (value) => typeof value === 'string' && pattern.test(value),
  says,
})

/** A whole number from `min` to `max`. */
export const between = (property: string, min: number, max: number): Rule => ({
  property,
  holds: (value) => Number.isInteger(value) && Number(value) >= min && Number(value) <= max,
  says: `a whole number from ${min} to ${max}`,
})

/** A list whose members must all pass. */
export const each = (property: string, test: (member: Value) => boolean, says: string): Rule => ({
  property,
  holds: (value) => Array.isArray(value) && value.every(test),
  says,
})
