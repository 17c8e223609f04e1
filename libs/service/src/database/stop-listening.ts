import { setTimeout as sleep } from 'node:timers/promises'
import { isDatabaseUnavailable } from './unavailable.ts'

const patienceMilliseconds = 1000

/**
 * Ends what `sql.listen` began, or gives up after a second. A connection that is lost listens to nothing: then there is nothing to end,
 * and a process that stops while the database is down goes on with closing what else it has. The driver, which may be waiting for
 * that connection to come back, would wait as long.
 */
export async function stopListening(listening: { readonly unlisten: () => Promise<void> }): Promise<void> {
  const patience = new AbortController()
  try {
    const patient = sleep(patienceMilliseconds, undefined, { signal: patience.signal })
    await Promise.race([listening.unlisten(), patient.catch(() => undefined)])
  } catch (error) {
    if (!isDatabaseUnavailable(error)) throw error
  } finally {
    patience.abort()
  }
}
