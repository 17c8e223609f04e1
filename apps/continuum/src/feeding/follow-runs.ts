import { needPerson, type DepositsClient } from './deposits.ts'
import type { FedDelivery } from './deliveries.ts'
import { endedDeposits } from './follow-deposits.ts'
import type { Feed } from './follow-feed.ts'
import type { Ledger } from './ledger.ts'
import { advance, beginning, hasFailed, isOver, type Progress } from './progress.ts'
import type { Report } from './report.ts'

/** Until when deliveries are followed: each is published or has failed, or waits for a person at the least, or the signal comes. */
export type Until = 'over' | 'ready' | 'signal'

/** The sources that tell of deliveries and of what goes out after publication; deposits are not followed where nobody can be asked. */
export interface Sources {
  readonly feed: Feed
  readonly deposits: DepositsClient | undefined
  readonly ledger: Ledger
}

interface FollowOptions {
  readonly until: Until
  /** Deposits that have an hour are due at once. */
  readonly withScheduled: boolean
  readonly signal: AbortSignal
}

/** The ends of deliveries. */
export interface Followed {
  readonly all: readonly Progress[]
  /** A deposit that was due at once needs a person. */
  readonly needsPerson: boolean
}

/** Tells each run until it has ended, with the deposits that are due at once. */
export async function followRuns(
  deliveries: readonly FedDelivery[],
  sources: Sources,
  options: FollowOptions,
  report: Report,
): Promise<Followed> {
  const { feed, ledger } = sources
  const all = deliveries.map(beginning)
  // What goes out after publication ends later than the run, each in its own time.
  const going: Promise<boolean>[] = []
  const followed = async () => ({ all, needsPerson: (await Promise.all(going)).includes(true) })
  if (all.length === 0) return followed()
  const last = Math.min(...deliveries.map((delivery) => delivery.after))
  for await (const item of feed.after(last, options.signal)) {
    for (const [index, before] of all.entries()) {
      if (item.sequence <= before.delivery.after) continue
      const { progress, note } = advance(before, item)
      all[index] = progress
      if (note) report.note(progress, note)
      if (!hasTurned(before, progress)) continue
      report.ended(progress, note?.at ?? Date.now())
      keepEnd(ledger, progress)
      if (isOver(progress) && !hasFailed(progress)) going.push(followDeposits(progress, sources, options, report))
    }
    if (options.until !== 'signal' && all.every(options.until === 'over' ? isOver : hasEnded)) return followed()
  }
  return followed()
}

/** Waits for the deposits of a published run, and tells how they ended; true where one needs a person. */
async function followDeposits(
  progress: Progress,
  { deposits }: Sources,
  { withScheduled, signal }: FollowOptions,
  report: Report,
): Promise<boolean> {
  const { articleId, run } = progress
  if (articleId === undefined || run === undefined) return false
  const outcomes = deposits ? await endedDeposits(deposits, { articleId, run }, { withScheduled, signal }) : {}
  report.deposited(progress, Date.now(), outcomes)
  return needPerson(outcomes)
}

/** A run has ended for its deliverer when it is over, or waits for a person. */
function hasEnded(progress: Progress): boolean {
  return isOver(progress) || (progress.ready && !progress.delivery.automatic)
}

/** A run has turned when it has come to wait for a person, or to its end. */
function hasTurned(before: Progress, after: Progress): boolean {
  return (isOver(after) && !isOver(before)) || (after.ready && !before.ready && !after.delivery.automatic)
}

function keepEnd(ledger: Ledger, progress: Progress): void {
  const { md5, intendedAt } = progress.delivery
  const ended = hasFailed(progress) ? 'failed' : isOver(progress) ? 'published' : 'ready'
  const known = ledger.read()
  const index = known.findLastIndex((delivery) => delivery.md5 === md5 && delivery.intendedAt === intendedAt)
  const kept = known[index]
  if (kept) ledger.write(known.with(index, { ...kept, ended }))
}
