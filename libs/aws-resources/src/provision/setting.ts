import { isError, same, type Outcome } from './outcome.ts'

/** One thing that is set on a bucket or queue, and how it is read and written. */
export interface Setting<Value> {
  wanted: Value
  /** Reads the current value of the fields that `wanted` has. */
  read: () => Promise<Value | undefined>
  /** The codes by which `read` says that nothing is set. */
  nothing: readonly string[]
  write: () => Promise<unknown>
}

/**
 * Sets what is not set so yet.
 *
 * AWS has every setting. What stands in for it on one machine may answer `NotImplemented` to one that nothing there could use
 * (encryption of its own disk, former versions...): that is said, and is no reason to refuse the rest.
 */
export async function settle<Value>({ wanted, read, nothing, write }: Setting<Value>): Promise<Outcome> {
  try {
    const held = await read().catch((error: unknown) => {
      if (isError(error, ...nothing)) return undefined
      throw error
    })
    if (same(held, wanted)) return 'was there'
    await write()
    return 'made'
  } catch (error) {
    if (isError(error, 'NotImplemented')) return 'not offered'
    throw error
  }
}
