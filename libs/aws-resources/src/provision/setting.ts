import { isError, same, type Outcome } from './outcome.ts'

/** A setting of a bucket or queue, and the calls that read and write it. */
export interface Setting<Value> {
  wanted: Value
  /** Reads the current value of the fields that `wanted` has. */
  read: () => Promise<Value | undefined>
  /** The error codes of `read` that mean that nothing is set. */
  nothing: readonly string[]
  write: () => Promise<unknown>
}

/**
 * Writes a setting whose current value differs.
 *
 * AWS has every setting. A local replacement may answer `NotImplemented` to one that has no use there (encryption, versioning...): the
 * outcome says so, and provisioning continues.
 */
export async function settle<Value>({ wanted, read, nothing, write }: Setting<Value>): Promise<Outcome> {
  try {
    const held = await read().catch((error: unknown) => {
      if (isError(error, ...nothing)) return undefined
      throw error
    })
    if (same(held, wanted)) return 'unchanged'
    await write()
    return 'created'
  } catch (error) {
    if (isError(error, 'NotImplemented')) return 'not supported'
    throw error
  }
}
