import type { Archive, ArchivedMark } from '@continuum/package'
import type { Sql } from '@continuum/service'
import { isRetracted } from '../store/retraction-store.ts'
import { findWithdrawal } from '../store/withdrawal.ts'
import { reinstate, storedDate, withdraw } from '../store/withdrawal-store.ts'
import { readMark } from './read-archive.ts'
import type { Rebuilding } from './rebuilt.ts'

/** Thrown where the store has an article as withdrawn, and the archive does not say that it is: a person decides which is right. */
class UnmarkedWithdrawalError extends Error {
  override readonly name = 'UnmarkedWithdrawalError'
}

/** An article as the archive has it. */
export interface ArchivedArticle {
  readonly article: string
  readonly versions: readonly Archive[]
  readonly marks: readonly ArchivedMark[]
}

/**
 * Gives a withdrawn article back of which something is still to be made, for nothing of one that is withdrawn can be changed.
 *
 * @returns a function that withdraws it again, as its mark says; undefined where it was not given back
 * @throws UnmarkedWithdrawalError, and what reading the mark throws; it stays withdrawn then
 */
export async function reinstateUnfinished(
  archived: ArchivedArticle,
  rebuilding: Rebuilding,
): Promise<(() => Promise<unknown>) | undefined> {
  const { article, marks } = archived
  const { sql, dryRun, now } = rebuilding
  const withdrawal = await findWithdrawal(sql, article)
  if (!withdrawal) return undefined
  const mark = marks.find(({ kind }) => kind === 'withdrawal')
  if (!mark) {
    const { who, why } = withdrawal
    throw new UnmarkedWithdrawalError(
      `article ${article} is withdrawn in the store (${who}: ${why}) and the archive does not say so: withdraw it again (continuum withdraw ${article}), or give it back (--undo)`,
    )
  }
  if (dryRun || !(await isUnfinished(archived, sql))) return undefined
  // Read before it is given back: without it, it could not be withdrawn again.
  const { who, why, at } = mark.told ? await readMark(mark, rebuilding, now()) : { ...withdrawal, at: now().toString() }
  const since = Temporal.Instant.from(at)
  await reinstate(sql, article, 'the rebuild', now())
  return () => withdraw(sql, article, { who, why }, since)
}

async function isUnfinished({ article, versions, marks }: ArchivedArticle, sql: Sql): Promise<boolean> {
  for (const { version } of versions) if (!(await storedDate(sql, article, version))) return true
  return marks.some(({ kind }) => kind === 'retraction') && !(await isRetracted(sql, article))
}
