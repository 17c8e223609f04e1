import { userInfo } from 'node:os'
import { createClients, namesOf } from '@continuum/aws-resources'
import { releaseMemoryAtRest } from '@continuum/service'
import { awsKeysFile, openDataDirectory, secretsOf, type DataDirectory } from './data-directory.ts'
import { deliverAll } from '../feeding/deliver.ts'
import { ledgerIn } from './delivery-ledger.ts'
import { oneLine } from '../errors/one-line.ts'
import { reconcile, reconcileLines } from '../reconcile/reconcile.ts'
import { startEnvironment } from './environment-up.ts'
import { localPackages, samplePackage } from '../feeding/feed-packages.ts'
import { depositsClient } from '../feeding/deposits.ts'
import { dashboardFeed } from '../feeding/follow-feed.ts'
import { followRuns } from '../feeding/follow-runs.ts'
import { addressesOf, localEnvironment, type StartSettings } from './settings.ts'
import { hasFailed } from '../feeding/progress.ts'
import { humanReport, jsonReport } from '../feeding/report.ts'
import { samplePath } from './sample.ts'
import { signInLink } from './sign-in.ts'

export interface StartOptions {
  /** Packages to feed; none means the sample article. */
  readonly files: readonly string[]
  readonly automatic: boolean
  readonly once: boolean
  readonly fresh: boolean
  /** Runs each service in a process of its own. */
  readonly separate: boolean
  /** Starts a process again when a file that it loaded changes. */
  readonly watch: boolean
  readonly json: boolean
  /** Deposits that have an hour are due at once. */
  readonly withScheduled: boolean
  readonly data: string
  /** The folder that relative paths start from. */
  readonly base: string
}

/**
 * `continuum start`: brings the local environment up, feeds what it was given and tells each run as it happens.
 * @returns the exit code, when it ends: after Ctrl-C 0; with `once`, 0 when all is published and done, 1 when something failed (or a
 *   process keeps crashing), 130 when it was stopped before
 * @throws {UserError} for what its user can fix
 */
export async function start(options: StartOptions, settings: StartSettings): Promise<number> {
  const began = performance.now()
  const packages =
    options.files.length > 0 ? await localPackages(options.files, options.base) : [await samplePackage(samplePath)]
  const local = await localEnvironment(settings)
  const data = openDataDirectory(options.data, options.base)
  const addresses = addressesOf(settings)
  const report = options.json ? jsonReport(addresses.journal) : humanReport(addresses.journal)

  const stopAsked = new AbortController()
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => stopAsked.abort())
  const over = Promise.withResolvers<number>()
  stopAsked.signal.addEventListener('abort', () => over.resolve(options.once ? 130 : 0))

  report.say(`Continuum, environment local; data directory ${data.path}`)
  report.say(
    'Deposits are not live: recipients and authors are stand-ins on this machine, nobody outside gets anything',
  )
  const environment = startEnvironment(local, data, settings, report, {
    fresh: options.fresh,
    watch: options.watch,
    // A change of one service restarts that one.
    separate: options.separate || options.watch,
    onCrashLoop: () => options.once && over.resolve(1),
  })
  const work = async () => {
    await environment.up
    releaseMemoryAtRest()
    report.say(`Everything is up after ${((performance.now() - began) / 1000).toFixed(1)} s`)
    // After a power failure the places may disagree: shown at once, healed by `continuum reconcile --heal`.
    const token = secretsOf(data)['dashboard-token']
    reconcile({ ...addresses }, token, { heal: false }).then(
      (found) =>
        found.versions.length + found.executions.length > 0 && report.say(reconcileLines(found, false).join('\n')),
      (error: unknown) =>
        // What is being stopped answers no more, which is nothing to tell.
        stopAsked.signal.aborted ||
        report.say(`lax, site, CDN, archive, dashboard and SWF could not be compared: ${oneLine(error)}`),
    )
    const feed = dashboardFeed(addresses.dashboard, token)
    const ledger = ledgerIn(data)
    const { s3 } = createClients({ region: local.region })
    const bucket = namesOf(local).buckets.production
    const deliveries = await deliverAll(packages, { s3, bucket, feed, ledger }, options, report)
    if (!options.once) report.say(addressLines(data, settings))
    const deposits = depositsClient(addresses.deposits, secretsOf(data)['deposits-token'])
    const { all, needsPerson } = await followRuns(
      deliveries,
      { feed, deposits, ledger },
      { until: options.once ? 'over' : 'signal', withScheduled: options.withScheduled, signal: stopAsked.signal },
      report,
    )
    if (options.once) over.resolve(needsPerson || all.some(hasFailed) ? 1 : 0)
  }
  work().catch(over.reject)
  try {
    return await over.promise
  } finally {
    stopAsked.abort()
    report.close()
    report.say('Stopping ...')
    await environment.stop()
  }
}

function addressLines(data: DataDirectory, settings: StartSettings): string {
  const { dashboard, journal, lax, api, metrics, aws, recipients } = addressesOf(settings)
  return [
    '',
    `  Dashboard  ${signInLink(dashboard, secretsOf(data)['sign-in-secret'], { user: 'operator', by: userInfo().username })}`,
    '             (signs you in once; for another link: npm run -s continuum -- sign-in)',
    `  Journal    ${journal}`,
    `  API        ${api}  (articles, search, metrics; ${api}/documentation)`,
    `  lax        ${lax}/api/v2/articles`,
    `  Metrics    ${metrics}/metrics/article/summary`,
    `  Recipients ${recipients}  (stand-ins: what they got, mails, faults)`,
    `  AWS        ${aws}  (SWF, SQS, S3; the key is in ${data.path}/${awsKeysFile})`,
    `  Logs       ${data.logs}`,
    '',
    '  Ctrl-C stops everything; the next npm start continues where it stopped.',
    '',
  ].join('\n')
}
