import type { Properties, Value } from '../../wire/values.ts'

/** A resource that exists in the account. */
export interface Existing {
  type: string
  id: string
  inputs: Properties
  outputs: Properties
}

/** A resource that is to be made, and where. */
export type Wanted = Pick<Existing, 'type' | 'inputs'> & { readonly region: string }

/** A refusal of AWS that depends on what else exists: its error code and message. Undefined where it accepts the resource. */
export type Refusal = (wanted: Wanted, existing: readonly Existing[]) => string | undefined

/** The texts of a list; a single value is a list of one. */
export const textsOf = (value: Value | undefined): string[] =>
  [value ?? []].flat().filter((each): each is string => typeof each === 'string')

/** The existing resources of a type, whose name is the last part of its token: `Subnet`. */
export const ofType = (existing: readonly Existing[], name: string): Existing[] =>
  existing.filter(({ type }) => type.endsWith(`:${name}`))
