import { createHash } from 'node:crypto'
import type { Readable } from 'node:stream'
import type { Journal } from '@continuum/article'
import type { Sql } from '@continuum/service'
import { identitiesOf, type UsageHit } from '@continuum/usage'
import type { TransactionSql } from 'postgres'
import type { Catalogue } from '../catalogue/catalogue.ts'
import { holdDays, openDays } from '../count/days.ts'
import { markStale, recordHits } from '../count/record-hits.ts'
import { createLineReader, type LogLine } from './cloudfront-line.ts'
import { judgeLines, type SkipReason, type UnnamedHit } from './judge-line.ts'
import { linesOf } from './lines.ts'

/** The outcome of a log file. */
export interface TakenLog {
  name: string
  /** Set if its content was taken before, under whatever name: nothing was counted. */
  takenBefore?: string
  lines: number
  counted: number
  skipped: Partial<Record<SkipReason, number>>
}

export interface LogContext {
  sql: Sql
  catalogue: Pick<Catalogue, 'find'>
  journals: readonly Journal[]
  now: () => Temporal.Instant
}

const batchSize = 2000

/** Thrown in a transaction to leave it without a change. */
class TakenBeforeError extends Error {
  override readonly name = 'TakenBeforeError'
}

/**
 * Counts a CloudFront log file, plain or compressed, in one transaction: all of it, or after a crash nothing. A file that
 * was taken before, and a line that another file had, change nothing.
 *
 * @param options.onlyDay lines of other days are skipped, and the file may have been taken before: for a day that is rebuilt
 * @throws UnreadableLogError if it is no CloudFront log; CatalogueError when the article store is unavailable
 */
export async function takeLog(
  context: LogContext,
  file: { name: string; content: Readable },
  options: { onlyDay?: string } = {},
): Promise<TakenLog> {
  const { sql, now } = context
  const log: TakenLog = { name: file.name, lines: 0, counted: 0, skipped: {} }
  const skip = (reason: SkipReason, number = 1) => {
    if (number > 0) log.skipped[reason] = (log.skipped[reason] ?? 0) + number
  }
  try {
    await sql.begin(async (tx) => {
      // One file at a time: two that have lines in common would wait for each other.
      await tx`select pg_advisory_xact_lock(hashtextextended('metrics log file', 0))`
      const affected = new Set<string>()
      const count = async (lines: readonly LogLine[]) => {
        const hits = await nameReaders(context, tx, await judgeAll(context, lines, options.onlyDay, skip), skip)
        const recorded = await recordHits(tx, hits, true)
        log.counted += recorded.counted
        skip('counted before', recorded.repeated)
        skip('of a day that is closed', recorded.late)
        for (const key of recorded.affected) affected.add(key)
      }
      const digest = await eachBatch(file.content, log, skip, count)
      if (!options.onlyDay) await keepMark(tx, digest, log, now())
      await markStale(tx, affected)
    })
  } catch (error) {
    if (!(error instanceof TakenBeforeError)) throw error
    return { ...log, takenBefore: error.message, counted: 0, skipped: {} }
  }
  return log
}

/** Reads all lines, in batches, and returns the digest of the content. A batch is read while the one before is counted. */
async function eachBatch(
  content: Readable,
  log: TakenLog,
  skip: (reason: SkipReason) => void,
  count: (lines: readonly LogLine[]) => Promise<void>,
): Promise<string> {
  const [read, digest] = [createLineReader(), createHash('sha256')]
  let batch: LogLine[] = []
  let counting = Promise.resolve()
  const countBatch = async () => {
    await counting
    counting = count(batch)
    // Whoever awaits it is told; nobody does where reading fails first.
    counting.catch(() => undefined)
    batch = []
  }
  for await (const text of linesOf(content)) {
    digest.update(text).update('\n')
    const line = read(text)
    if (line === undefined) continue
    log.lines++
    if (line === 'unreadable') skip('not readable')
    else batch.push(line)
    if (batch.length >= batchSize) await countBatch()
  }
  await countBatch()
  await counting
  return digest.digest('base64url')
}

async function judgeAll(
  context: LogContext,
  lines: readonly LogLine[],
  onlyDay: string | undefined,
  skip: (reason: SkipReason, number?: number) => void,
): Promise<{ line: LogLine; hit: UnnamedHit }[]> {
  const wanted = onlyDay === undefined ? lines : lines.filter(({ at }) => at.toString().startsWith(onlyDay))
  skip('of another day', lines.length - wanted.length)
  const hits = await judgeLines(wanted, context)
  return wanted.flatMap((line, index) => {
    const hit = hits[index] ?? 'not readable'
    if (typeof hit !== 'string') return [{ line, hit }]
    skip(hit)
    return []
  })
}

async function nameReaders(
  { sql, now }: LogContext,
  tx: TransactionSql,
  judged: readonly { line: LogLine; hit: UnnamedHit }[],
  skip: (reason: SkipReason) => void,
): Promise<UsageHit[]> {
  const wanted = new Set(judged.map(({ hit }) => hit.at.slice(0, 10)))
  await openDays(sql, wanted, now())
  const before = [...wanted].map((day) => Temporal.PlainDate.from(day).subtract({ days: 1 }).toString())
  const days = await holdDays(tx, [...before, ...wanted])
  return judged.flatMap(({ line, hit }) => {
    const { address, userAgent } = line
    const names = identitiesOf(line.at, { address, userAgent }, (day) => days.get(day.toString())?.key)
    if (!names) skip('of a day that is closed')
    return names ? [{ ...hit, ...names }] : []
  })
}

async function keepMark(tx: TransactionSql, digest: string, log: TakenLog, now: Temporal.Instant): Promise<void> {
  const { name, lines, counted } = log
  const [before] = await tx<{ name: string; taken: Date }[]>`select name, taken from log_file where digest = ${digest}`
  if (before) throw new TakenBeforeError(`as ${before.name}, ${before.taken.toISOString()}`)
  await tx`insert into log_file ${tx({ digest, name, taken: now.toString(), lines, counted })}`
}
