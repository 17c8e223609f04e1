import type { Clients } from '@continuum/aws-resources'
import { parsed } from '../../../stand-in/rules/documents.ts'
import { same, type Properties, type Value } from '../../../wire/values.ts'

/** A type of resource that is really made, at `AWS_ENDPOINT_URL`. Its inputs have passed the stand-in's rules. */
export interface RealKind {
  /** @returns what AWS says of it, where that is another than the stand-in would say: its URL there */
  create(clients: Clients, inputs: Properties): Promise<{ id: string } & Properties>
  /** @returns the inputs as AWS has them now, as far as this type asks for them; undefined where it is gone */
  read(clients: Clients, id: string): Promise<Properties | undefined>
  update(clients: Clients, id: string, inputs: Properties): Promise<void>
  delete(clients: Clients, id: string, outputs: Properties): Promise<void>
}

/** Whether AWS refused with one of these codes. */
export const isError = (error: unknown, ...codes: string[]): boolean =>
  error instanceof Error && codes.includes(error.name)

/** What `work` gives; undefined where AWS says that there is no such thing. */
export async function orGone<T>(work: Promise<T>, ...codes: string[]): Promise<T | undefined> {
  try {
    return await work
  } catch (error) {
    if (isError(error, ...codes)) return undefined
    throw error
  }
}

/** What AWS has, in the words in which it was given where both say the same: JSON comes back with other spaces. */
export const asGiven = (found: Value | undefined, given: Value | undefined): Value | undefined =>
  found !== undefined && given !== undefined && same(parsed(found), parsed(given)) ? given : found
