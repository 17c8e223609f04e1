import { setTimeout as pause } from 'node:timers/promises'
import { depositOutcomes, dueAtOnce, type DepositOutcomes, type DepositsClient } from './deposits.ts'

const everyMs = 250

/**
 * Waits until each deposit of a run that is due at once has ended: confirmed, refused or the like, or sent where only a person can confirm.
 * Outlives a service that is being restarted.
 *
 * @returns the state of each recipient; of those that have their hour, as it is then
 */
export async function endedDeposits(
  client: DepositsClient,
  { articleId, run }: { articleId: string; run: string },
  options: { withScheduled: boolean; signal: AbortSignal },
): Promise<DepositOutcomes> {
  for (;;) {
    const known = await Promise.all([
      client.list({ article: articleId, run, limit: '1000' }),
      client.recipients(),
    ]).catch(() => undefined)
    if (known) {
      const [{ deposits }, recipients] = known
      if (options.signal.aborted || dueAtOnce(deposits, recipients, options.withScheduled).length === 0)
        return depositOutcomes(deposits)
    }
    if (options.signal.aborted) return {}
    await pause(everyMs, undefined, { signal: options.signal }).catch(() => {})
  }
}
