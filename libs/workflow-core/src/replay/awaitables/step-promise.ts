/**
 * What `ctx` gives for a step. It knows whether anybody awaited it, because the failure of a step that nobody awaits
 * would be lost; and it never counts as an unhandled rejection while its workflow waits for something else.
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

  /** What derives from it is a plain promise. */
  static override get [Symbol.species](): PromiseConstructor {
    return Promise
  }
}
