import type { Properties } from '../wire/values.ts'

/** A resource that the program registers. */
export interface PlannedResource {
  urn: string
  type: string
  /** Its name in the program. */
  name: string
  /** Its id in AWS. */
  id: string
  /** Its parent; undefined for the stack only. */
  parent?: { type: string; name: string }
  /** The URN of its provider; absent for Pulumi's default one. */
  provider?: string
  /** True for a resource in AWS; false for a component, the stack or a provider. */
  custom: boolean
  /** Its inputs. A secret is `[secret]`. */
  inputs: Properties
  /** Its outputs, as AWS would return them. */
  outputs: Properties
  /** The outputs, and `id`, that AWS generates and that are known only once the resource exists. */
  drawn: string[]
  /** True if the engine refuses to delete or replace it. */
  protect: boolean
  /** True if it stays in AWS when it is removed from the program. */
  retainOnDelete: boolean
  /** Inputs whose changes are ignored. */
  ignoreChanges: string[]
  /** The URNs of the resources that exist before it is made, beside those on which they depend themselves. */
  dependencies: string[]
}

/** The resources of a program in one stack. */
export interface Plan {
  stack: string
  resources: PlannedResource[]
  /** The outputs of the stack. */
  outputs: Properties
}

/** Thrown when a program cannot be planned: it failed, or AWS would refuse a resource. */
export class PlanError extends Error {
  constructor(stack: string, reasons: readonly string[]) {
    super(`The stack ${stack} cannot be planned:\n${reasons.map((reason) => `  ${reason}`).join('\n')}`)
  }
}
