/**
 * The promise of a step. It records whether it was awaited, because the failure of a step that is never awaited would be
 * lost; and it is never an unhandled rejection while its workflow awaits something else.
 */
export class StepPromise<Output> extends Promise<Output> {
  awaited = false

  constructor(executor: (resolve: (output: Output) => void, reject: (error: unknown) => void) => void) {
    super(executor)
    void super.then(undefined, () => {})
  }

  // oxlint-disable-next-line no-thenable -- it is a promise
  override then<Fulfilled = Output, Rejected = never>(
    onFulfilled?: ((value: Output) => Fulfilled | PromiseLike<Fulfilled>) | null,
    onRejected?: ((reason: unknown) => Rejected | PromiseLike<Rejected>) | null,
  ): Promise<Fulfilled | Rejected> {
    this.awaited = true
    return super.then(onFulfilled, onRejected)
  }

  /** Makes derived promises plain promises. */
  static override get [Symbol.species](): PromiseConstructor {
    return Promise
  }
}
