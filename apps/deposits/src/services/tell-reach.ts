import type { Logger } from '@continuum/service'
import { isReachable, reachOf, type RecipientSettings } from '@continuum/settings'

/** Says at every start what is reached: nobody should learn from an author that a test environment was real. */
export function tellReach(recipients: readonly RecipientSettings[], live: boolean, logger: Logger): void {
  const reached = Object.fromEntries(recipients.map((recipient) => [recipient.name, reachOf(recipient, live)]))
  const real = Object.values(reached).filter((reach) => reach === 'real').length
  logger.info(
    { live, reached },
    live
      ? `deposits are LIVE: ${real} of ${recipients.length} recipients are real`
      : `deposits are not live: only stand-ins and test systems are reached`,
  )
  for (const recipient of recipients.filter((each) => !isReachable(each, live)))
    logger.warn(
      { recipient: recipient.name },
      'the recipient is real and this environment is not live: it gets nothing',
    )
}
