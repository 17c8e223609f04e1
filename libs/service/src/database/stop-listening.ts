import { isDatabaseUnavailable } from './unavailable.ts'

/**
 * Ends what `sql.listen` began. A connection that is lost listens to nothing: then there is nothing to end, and a process that stops
 * while the database is down goes on with closing what else it has.
 */
export async function stopListening(listening: { readonly unlisten: () => Promise<void> }): Promise<void> {
  try {
    await listening.unlisten()
  } catch (error) {
    if (!isDatabaseUnavailable(error)) throw error
  }
}
