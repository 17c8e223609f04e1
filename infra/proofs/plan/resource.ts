import type { Properties } from '../wire/values.ts'

/** One resource that the program asks for. */
export interface PlannedResource {
  urn: string
  type: string
  /** What the program calls it. */
  name: string
  /** What AWS calls it. */
  id: string
  /** The resource that it is a child of; undefined for the stack alone. */
  parent?: { type: string; name: string }
  /** The URN of the provider by which it is made; absent where that is Pulumi's default one. */
  provider?: string
  /** Whether it is something in AWS; else a component, the stack or a provider. */
  custom: boolean
  /** What it is given. A secret reads `[secret]`. */
  inputs: Properties
  /** What AWS would say of it. */
  outputs: Properties
  /** Of `id` and the outputs those that are known only once it is made, for AWS draws them. */
  drawn: string[]
  /** Whether the engine refuses to delete or replace it. */
  protect: boolean
  /** Whether it stays in AWS when it is taken out of the program. */
  retainOnDelete: boolean
  /** Inputs whose changes are left alone. */
  ignoreChanges: string[]
}

/** What a program makes in one stack. */
export interface Plan {
  stack: string
  resources: PlannedResource[]
  /** What the stack puts out. */
  outputs: Properties
}

/** Thrown when a program can't be planned: it failed, or asks for what AWS would refuse. */
export class PlanFailed extends Error {
  constructor(stack: string, reasons: readonly string[]) {
    super(`The stack ${stack} can't be planned:\n${reasons.map((reason) => `  ${reason}`).join('\n')}`)
  }
}
