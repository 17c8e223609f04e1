import { parseArticleId } from '@continuum/article'
import type { ArchivedMark } from '@continuum/package'
import { isRetracted, retract } from '../store/retraction-store.ts'
import { findWithdrawal } from '../store/withdrawal.ts'
import { withdraw } from '../store/withdrawal-store.ts'
import { readMark } from './read-archive.ts'
import type { Rebuilding, Rebuilt } from './rebuilt.ts'

/** Withdraws or retracts an article again, as its mark in the archive says. What the store knows already is kept. */
export async function rebuildMark(mark: ArchivedMark, rebuilding: Rebuilding): Promise<Rebuilt> {
  const { key, article, kind } = mark
  const about = { key, article, mark: kind }
  try {
    return { ...about, result: await setMark(mark, rebuilding) }
  } catch (error) {
    return { ...about, result: 'failed', reason: error instanceof Error ? error.message : String(error) }
  }
}

async function setMark(mark: ArchivedMark, { sql, journals, dryRun, now, ...reading }: Rebuilding) {
  const { article, kind } = mark
  const isSet = kind === 'withdrawal' ? await findWithdrawal(sql, article) : await isRetracted(sql, article)
  if (isSet) return 'kept'
  const { who, why, notice, at } = await readMark(mark, reading, now())
  if (dryRun) return 'made'
  const since = Temporal.Instant.from(at)
  if (kind === 'withdrawal') {
    await withdraw(sql, article, { who, why }, since)
    return 'made'
  }
  const journal = parseArticleId(article, journals)?.journal
  if (!journal) throw new Error(`${article} is no article of a journal of this store`)
  await retract(sql, { article, journal, journals }, { who, why, notice }, since)
  return 'made'
}
