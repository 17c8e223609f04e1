import { userInfo } from 'node:os'
import { createClients, namesOf } from '@continuum/aws-resources'
import type { S3Client } from '@aws-sdk/client-s3'
import { Type } from 'typebox'
import { decideFeeding, FedDelivery } from '../feeding/deliveries.ts'
import {
  awsKeysFile,
  openDataDirectory,
  readState,
  secretsOf,
  writeState,
  type DataDirectory,
} from './data-directory.ts'
import { oneLine } from '../errors/one-line.ts'
import { reconcile, reconcileLines } from '../reconcile/reconcile.ts'
import { startEnvironment } from './environment-up.ts'
import { arrived, localPackages, putPackage, samplePackage, type LocalPackage } from '../feeding/feed-packages.ts'
import { depositsClient, needPerson, type DepositsClient } from '../feeding/deposits.ts'
import { endedDeposits } from '../feeding/follow-deposits.ts'
import { dashboardFeed, type Feed } from '../feeding/follow-feed.ts'
import { addressesOf, localEnvironment, type StartSettings } from './settings.ts'
import { advance, beginning, hasFailed, isOver, type Progress } from '../feeding/progress.ts'
import { humanReport, jsonReport, type Report } from '../feeding/report.ts'
import { samplePath } from './sample.ts'
import { signInLink } from './sign-in.ts'

export interface StartOptions {
  /** Packages to feed; none means the sample article. */
  readonly files: readonly string[]
  readonly automatic: boolean
  readonly once: boolean
  readonly fresh: boolean
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
    onCrashLoop: () => options.once && over.resolve(1),
  })
  const work = async () => {
    await environment.up
    report.say(`Everything is up after ${((performance.now() - began) / 1000).toFixed(1)} s`)
    // After a power failure the places may disagree: shown at once, healed by `continuum reconcile --heal`.
    const token = secretsOf(data)['dashboard-token']
    reconcile({ ...addresses }, token, { heal: false }).then(
      (found) =>
        found.versions.length + found.executions.length > 0 && report.say(reconcileLines(found, false).join('\n')),
      (error: unknown) =>
        report.say(`lax, site, CDN, archive, dashboard and SWF could not be compared: ${oneLine(error)}`),
    )
    const feed = dashboardFeed(addresses.dashboard, token)
    const deliveries = await feedAll(
      packages,
      data,
      { s3: createClients({ region: local.region }).s3, bucket: namesOf(local).buckets.production },
      feed,
      options,
      report,
    )
    if (!options.once) report.say(addressLines(data, settings))
    const client = depositsClient(addresses.deposits, secretsOf(data)['deposits-token'])
    const code = await followAll(deliveries, data, { feed, deposits: client }, options, report, stopAsked.signal)
    if (options.once) over.resolve(code)
  }
  work().catch(over.reject)
  try {
    return await over.promise
  } finally {
    stopAsked.abort()
    report.say('Stopping ...')
    await environment.stop()
  }
}

const FedDeliveries = Type.Array(FedDelivery)
const deliveriesFile = 'deliveries.json'

/** Delivers what is asked for and not on its way already; returns what is to be followed. */
async function feedAll(
  packages: readonly LocalPackage[],
  data: DataDirectory,
  { s3, bucket }: { s3: S3Client; bucket: string },
  feed: Feed,
  options: StartOptions,
  report: Report,
): Promise<FedDelivery[]> {
  const known = readState(data, deliveriesFile, FedDeliveries) ?? []
  const followed: FedDelivery[] = []
  for (const item of packages) {
    const decision = decideFeeding(item, known)
    if (decision.act === 'leave') {
      report.say(
        `${item.key} was delivered before (${decision.delivery.ended}); name a package to deliver it: npm start -- FILE.zip`,
      )
      continue
    }
    const intended: FedDelivery =
      decision.act === 'go on'
        ? decision.delivery
        : {
            key: item.key,
            md5: item.md5,
            ...(item.file === undefined ? {} : { file: item.file }),
            automatic: options.automatic,
            intendedAt: new Date().toISOString(),
            after: await feed.last(),
            put: false,
          }
    if (decision.act === 'deliver') known.push(intended)
    writeState(data, deliveriesFile, known)
    if (!intended.put) {
      const isThere = decision.act === 'go on' && (await arrived(s3, bucket, intended))
      if (!isThere) await putPackage(s3, bucket, item, intended.automatic)
      intended.put = true
      writeState(data, deliveriesFile, known)
    }
    report.say(
      `${item.key} ${decision.act === 'go on' ? 'is on its way since' : 'put into'} ${decision.act === 'go on' ? intended.intendedAt : `s3://${bucket}`}`,
    )
    followed.push(intended)
  }
  return followed
}

/**
 * Tells each run until all are over (or, without `once`, until the signal), with the deposits that are due at once. Returns 1 where a run
 * failed or a deposit needs a person, else 0.
 */
async function followAll(
  deliveries: readonly FedDelivery[],
  data: DataDirectory,
  { feed, deposits }: { feed: Feed; deposits: DepositsClient },
  options: StartOptions,
  report: Report,
  signal: AbortSignal,
): Promise<number> {
  const all = deliveries.map(beginning)
  // What goes out after publication ends later than the run, each in its own time.
  const going: Promise<boolean>[] = []
  const code = async () => ((await Promise.all(going)).includes(true) || all.some(hasFailed) ? 1 : 0)
  if (all.length === 0) return code()
  for await (const item of feed.after(Math.min(...deliveries.map((delivery) => delivery.after)), signal)) {
    for (const [index, before] of all.entries()) {
      if (item.sequence <= before.delivery.after) continue
      const { progress, note } = advance(before, item)
      all[index] = progress
      if (note) report.note(progress, note)
      if (!hasTurned(before, progress)) continue
      report.ended(progress, note?.at ?? Date.now())
      keepEnd(data, progress)
      if (isOver(progress) && !hasFailed(progress))
        going.push(followDeposits(progress, deposits, options, report, signal))
    }
    if (options.once && all.every(isOver)) return code()
  }
  return code()
}

/** Waits for the deposits of a published run, and tells how they ended; true where one needs a person. */
async function followDeposits(
  progress: Progress,
  client: DepositsClient,
  { withScheduled }: StartOptions,
  report: Report,
  signal: AbortSignal,
): Promise<boolean> {
  const { articleId, run } = progress
  if (articleId === undefined || run === undefined) return false
  const outcomes = await endedDeposits(client, { articleId, run }, { withScheduled, signal })
  report.deposited(progress, Date.now(), outcomes)
  return needPerson(outcomes)
}

/** A run has turned when it has come to wait for a person, or to its end. */
function hasTurned(before: Progress, after: Progress): boolean {
  return (isOver(after) && !isOver(before)) || (after.ready && !before.ready && !after.delivery.automatic)
}

function keepEnd(data: DataDirectory, progress: Progress): void {
  const known = readState(data, deliveriesFile, FedDeliveries) ?? []
  const kept = known.findLast(
    ({ md5, intendedAt }) => md5 === progress.delivery.md5 && intendedAt === progress.delivery.intendedAt,
  )
  if (!kept) return
  kept.ended = hasFailed(progress) ? 'failed' : isOver(progress) ? 'published' : 'ready'
  writeState(data, deliveriesFile, known)
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
