import type { Clients } from '@continuum/aws-resources'
import { parsed } from '../../../stand-in/rules/documents.ts'
import { same, type Properties, type Value } from '../../../wire/values.ts'

/** A resource type that is really created, at `AWS_ENDPOINT_URL`. Its inputs have been validated by the stand-in. */
export interface RealKind {
  /** @returns the outputs that differ from the stand-in's, such as its URL */
  create(clients: Clients, inputs: Properties): Promise<{ id: string } & Properties>
  /** @returns the current inputs, as far as AWS returns them; undefined if it is gone */
  read(clients: Clients, id: string): Promise<Properties | undefined>
  /** Inputs of Pulumi's own, which an imported resource has though AWS knows nothing of them. */
  imported?: Properties
  update(clients: Clients, id: string, inputs: Properties): Promise<void>
  delete(clients: Clients, id: string, outputs: Properties): Promise<void>
}

/** True for an AWS error with one of these codes. */
export const isError = (error: unknown, ...codes: string[]): boolean =>
  error instanceof Error && codes.includes(error.name)

/** The result of `work`; undefined if the resource does not exist. */
export async function orGone<T>(work: Promise<T>, ...codes: string[]): Promise<T | undefined> {
  try {
    return await work
  } catch (error) {
    if (isError(error, ...codes)) return undefined
    throw error
  }
}

/** The given value if it equals the one found, since AWS formats JSON differently; else the one found. */
export const asGiven = (found: Value | undefined, given: Value | undefined): Value | undefined =>
  found !== undefined && given !== undefined && same(parsed(found), parsed(given)) ? given : found
