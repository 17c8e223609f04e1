import { createClients, namesOf } from '@continuum/aws-resources'
import { hostsOf, type Environment } from '@continuum/environments'
import { dashboardAddress } from '../dashboard/dashboard-address.ts'
import { explainAwsErrors } from '../errors/aws-error.ts'
import { deliverAll } from '../feeding/deliver.ts'
import { depositsClient } from '../feeding/deposits.ts'
import { localPackages } from '../feeding/feed-packages.ts'
import { dashboardFeed } from '../feeding/follow-feed.ts'
import { followRuns, type Sources } from '../feeding/follow-runs.ts'
import { ledgerInMemory } from '../feeding/ledger.ts'
import { hasFailed } from '../feeding/progress.ts'
import { humanReport, jsonReport } from '../feeding/report.ts'
import { summaryOf } from '../feeding/summary.ts'
import { secretsOf } from '../local/data-directory.ts'
import { ledgerIn } from '../local/delivery-ledger.ts'
import { localAwsVariables } from '../local/running-aws.ts'
import { runningOn } from '../local/running.ts'

/** Options of a delivery to an environment that runs; `data` and `base` locate the state of `local`. */
export interface DeliverOptions {
  readonly files: readonly string[]
  readonly automatic: boolean
  /** Follow each until it is published, not only until it waits for a person. */
  readonly once: boolean
  readonly withScheduled: boolean
  readonly json: boolean
  readonly env: string
  readonly url?: string
  readonly data: string
  readonly base: string
}

interface Surroundings {
  readonly siteUrl: string
  readonly sources: Sources
}

/**
 * `continuum deliver`: puts packages into the production bucket of an environment that runs, and tells what becomes of them.
 *
 * @returns the exit code: 0 when each is published or waits for a person, 1 when one failed or one of its deposits needs a person,
 *   130 when it was interrupted; what was delivered goes on
 * @throws {UserError} where nothing runs, or a file cannot be read
 */
export async function deliver(options: DeliverOptions): Promise<number> {
  const packages = await localPackages(options.files, options.base)
  const { environment, url, secret } = await dashboardAddress(options)
  const token = await secret('dashboard-token')
  const feed = dashboardFeed(url, token)
  const { siteUrl, sources } = surroundingsOf(environment, options, feed)
  const report = options.json ? jsonReport(siteUrl, { tellsReady: true }) : humanReport(siteUrl)
  const stopAsked = new AbortController()
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => stopAsked.abort())

  const { s3 } = createClients({ region: environment.region })
  const bucket = namesOf(environment).buckets.production
  const deliveries = await explainAwsErrors(environment.region, () =>
    deliverAll(packages, { s3, bucket, feed, ledger: sources.ledger }, options, report),
  )
  const until = options.once ? 'over' : 'ready'
  const { withScheduled } = options
  const following = { until, withScheduled, signal: stopAsked.signal } as const
  const { all, needsPerson } = await followRuns(deliveries, sources, following, report)
  report.close()
  for (const line of summaryOf(all)) report.say(line)
  if (stopAsked.signal.aborted) {
    report.say('No longer followed; what was delivered goes on.')
    return 130
  }
  return needsPerson || all.some(hasFailed) ? 1 : 0
}

/** The deposits of an environment in AWS are not asked: their service has no address outside. */
function surroundingsOf(environment: Environment, options: DeliverOptions, feed: Sources['feed']): Surroundings {
  if (environment.name !== 'local') {
    const hosts = hostsOf(environment)
    const siteUrl = hosts === undefined ? '' : `https://${hosts.journal}`
    return { siteUrl, sources: { feed, deposits: undefined, ledger: ledgerInMemory() } }
  }
  const { data, running } = runningOn(options.data, options.base)
  Object.assign(process.env, localAwsVariables(options.data, options.base))
  const { journal = '', deposits = '' } = running.addresses
  const client = depositsClient(deposits, secretsOf(data)['deposits-token'])
  return { siteUrl: journal, sources: { feed, deposits: client, ledger: ledgerIn(data) } }
}
