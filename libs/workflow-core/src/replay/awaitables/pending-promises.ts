import { DuplicateStep } from '../../values/errors.ts'
import type { Scope } from './scope.ts'
import { StepPromise } from './step-promise.ts'

/** How something that workflow code waits for ends. */
export interface Wait<Output> {
  readonly resolve: (output: Output) => void
  readonly reject: (error: unknown) => void
}

/** The named things that workflow code waits for: steps, sleeps, children. */
export interface Waits {
  /**
   * Begins a wait within a scope.
   * @param called the function that the author called: the stack of what is wrong with the call begins at its caller
   * @param begin starts it; the function that it gives back is called if the scope is cancelled before the wait ends
   * @returns a promise that rejects with whatever is wrong with the call itself, so that `allSettled` sees that too
   */
  begin<Output>(
    called: (...given: never[]) => unknown,
    id: string,
    scope: Scope,
    begin: (wait: Wait<Output>) => () => void,
  ): StepPromise<Output>
  /** The first that nobody awaited. */
  unawaited(): string | undefined
}

export function createWaits(): Waits {
  const begun = new Set<string>()
  const promises: { readonly id: string; readonly promise: StepPromise<unknown> }[] = []
  return {
    begin: <Output>(
      called: (...given: never[]) => unknown,
      id: string,
      scope: Scope,
      begin: (wait: Wait<Output>) => () => void,
    ) => {
      const promise = new StepPromise<Output>((resolve, reject) => {
        let leave = () => {}
        try {
          if (begun.has(id)) throw new DuplicateStep(`${id} was called before: give each call of it a key of its own.`)
          scope.enter()
          const cancel = begin({
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
