import type { Properties } from '../../wire/values.ts'

/** A resource. */
export interface Thing {
  type: string
  name: string
  inputs: Properties
}

/** The storage behind a provider: creates, reads, updates and deletes resources. */
export interface Keeper {
  /** @returns its id and outputs */
  create(thing: Thing): Promise<{ id: string; outputs: Properties }>
  /**
   * Reads the current state of a resource, which may differ from the engine's.
   *
   * @returns undefined if it is gone
   */
  read(
    thing: Thing & { id: string; outputs: Properties },
  ): Promise<{ inputs: Properties; outputs: Properties } | undefined>
  /** Gives a resource new inputs. @returns its outputs */
  update(thing: Thing & { id: string; oldInputs: Properties; outputs: Properties }): Promise<Properties>
  delete(thing: { type: string; id: string; outputs: Properties }): Promise<void>
  /** Calls a function. */
  invoke(token: string, args: Properties): Promise<Properties>
}

/** The outputs of a resource after new inputs, without those of inputs that are gone. */
export function updated(outputs: Properties, oldInputs: Properties, inputs: Properties): Properties {
  const stays = Object.entries(outputs).filter(([property]) => oldInputs[property] === undefined)
  return { ...Object.fromEntries(stays), ...inputs }
}
