import { DuplicateStepError } from '../../values/errors.ts'
import type { Scope } from './scope.ts'
import { StepPromise } from './step-promise.ts'

/** Settles a promise that workflow code awaits. */
export interface Deferred<Output> {
  readonly resolve: (output: Output) => void
  readonly reject: (error: unknown) => void
}

/** The promises of an execution's steps, sleeps, children and external signals, by id. */
export interface PendingPromises {
  /**
   * Starts a step and returns its promise. If the call itself is wrong the promise rejects, so that `allSettled` sees it.
   * @param called the function that the author called: stacks of wrong calls begin at its caller
   * @param start starts the step; the function that it returns is called if the scope is cancelled before the step ends
   */
  begin<Output>(
    called: (...given: never[]) => unknown,
    id: string,
    scope: Scope,
    start: (deferred: Deferred<Output>) => () => void,
  ): StepPromise<Output>
  /** Returns the id of the first step that was never awaited, if any. */
  unawaited(): string | undefined
}

/** Creates the promises of an execution. */
export function createPendingPromises(): PendingPromises {
  const begun = new Set<string>()
  const promises: { readonly id: string; readonly promise: StepPromise<unknown> }[] = []
  return {
    begin: <Output>(
      called: (...given: never[]) => unknown,
      id: string,
      scope: Scope,
      start: (deferred: Deferred<Output>) => () => void,
    ) => {
      const promise = new StepPromise<Output>((resolve, reject) => {
        let leave = () => {}
        try {
          if (begun.has(id)) throw new DuplicateStepError(`${id} was already called: give each call a key of its own.`)
          scope.enter()
          const cancel = start({
            resolve: (output) => {
              leave()
              resolve(output)
            },
            reject: (error) => {
              leave()
              reject(error)
            },
          })
          begun.add(id)
          leave = scope.onCancel(cancel)
        } catch (error) {
          if (error instanceof Error) Error.captureStackTrace(error, called)
          throw error
        }
      })
      promises.push({ id, promise })
      return promise
    },
    unawaited: () => promises.find(({ promise }) => !promise.awaited)?.id,
  }
}
