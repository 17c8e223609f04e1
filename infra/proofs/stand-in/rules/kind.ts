import type { Properties, Value } from '../../wire/values.ts'

/** Where and for whom resources are made. */
export interface Ground {
  region: string
  account: string
}

/** What is known of a resource when it is made. */
export interface Making {
  /** What the program calls it. */
  name: string
  inputs: Properties
  ground: Ground
  /** Digits that are the resource's own: the same each time for the same one. */
  digits: string
  /** An ARN of this region and account: `arn('ecs', 'cluster/ct')`. */
  arn: (service: string, rest: string, global?: 'global') => string
  /** An input that is text; empty where it is absent. */
  text: (property: string) => string
}

/** What AWS is known to refuse in one property. Absent properties and those that are not known yet are not asked about. */
export interface Rule {
  property: string
  holds: (value: Value, inputs: Properties) => boolean
  /** What must be: `3 to 63 of a-z, 0-9, dots and hyphens`. */
  says: string
}

/** What the stand-in knows of one type of resource. */
export interface Kind {
  /** The input that is given a name with random digits where a program gives none. */
  named?: string
  /** Inputs of which a new value means a new resource. */
  replaces: readonly string[]
  rules: readonly Rule[]
  /** The resource's id, and what AWS says beside what it was given. */
  made: (making: Making) => { id: string } & Properties
}

/** By type token: `aws:sqs/queue:Queue`. */
export type Kinds = Record<string, Kind>

/** A property that AWS takes none but some values of. */
export const oneOf = (property: string, ...values: readonly (string | number)[]): Rule => ({
  property,
  holds: (value) => values.some((each) => each === value),
  says: `one of ${values.join(', ')}`,
})

/** A property that must look like this throughout. */
export const matches = (property: string, pattern: RegExp, says: string): Rule => ({
  property,
  holds: (value) => typeof value === 'string' && pattern.test(value),
  says,
})

/** A whole number from `least` to `most`. */
export const between = (property: string, least: number, most: number): Rule => ({
  property,
  holds: (value) => Number.isInteger(value) && Number(value) >= least && Number(value) <= most,
  says: `a whole number from ${least} to ${most}`,
})

/** A list whose members all pass. */
export const each = (property: string, test: (member: Value) => boolean, says: string): Rule => ({
  property,
  holds: (value) => Array.isArray(value) && value.every(test),
  says,
})
