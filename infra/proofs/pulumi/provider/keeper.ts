import type { Properties } from '../../wire/values.ts'

/** A resource that is to be, or is. */
export interface Thing {
  type: string
  name: string
  inputs: Properties
}

/** Makes resources and keeps them: what stands behind a provider. */
export interface Keeper {
  /** @returns its id, and all that is known of it */
  create(thing: Thing): Promise<{ id: string; outputs: Properties }>
  /**
   * What a resource is now, which may be another than what the engine remembers.
   *
   * @returns undefined where it is gone
   */
  read(
    thing: Thing & { id: string; outputs: Properties },
  ): Promise<{ inputs: Properties; outputs: Properties } | undefined>
  /** Gives a resource its new inputs. @returns all that is known of it then */
  update(thing: Thing & { id: string; oldInputs: Properties; outputs: Properties }): Promise<Properties>
  delete(thing: { type: string; id: string; outputs: Properties }): Promise<void>
  /** Answers a function. */
  invoke(token: string, args: Properties): Promise<Properties>
}

/** What is known of a resource after it was given new inputs: what was said no more is gone. */
export function updated(outputs: Properties, oldInputs: Properties, inputs: Properties): Properties {
  const stays = Object.entries(outputs).filter(([property]) => oldInputs[property] === undefined)
  return { ...Object.fromEntries(stays), ...inputs }
}
