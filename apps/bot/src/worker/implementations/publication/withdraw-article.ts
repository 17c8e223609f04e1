import { articleVersionId, cdnKey } from '@continuum/article'
import type { Deposit } from '@continuum/messages'
import { count, markKey, withdrawnPrefix, type WithdrawalMark } from '@continuum/package'
import type { Implementation } from '@continuum/workflow-core'
import { reinstateArticle, withdrawArticle } from '../../../activities/withdrawal.ts'
import type { ObjectAddress } from '../../files/object-address.ts'
import { copyObject, listKeys, putBytes, removeObject } from '../../files/objects.ts'
import { implementStep } from '../../step/implement-step.ts'
import type { Tools } from '../../step/tools.ts'

interface Place {
  readonly bucket: string
  /** Ends in a slash. */
  readonly prefix: string
}

/**
 * Withdraws an article: its page first, which then says why; then the API and the search; then the files, which are kept
 * where no reader sees them; then recipients are told. Each may be repeated.
 */
export function implementWithdrawArticle({ s3, buckets, lax, site, deposits, tellDashboard }: Tools): Implementation {
  return implementStep(tellDashboard, withdrawArticle, async ({ articleId, who, why }, { signal, property }) => {
    await site.withdraw(articleId, why, signal)
    const versions = await lax.withdraw(articleId, { who, why }, signal)
    const at = Temporal.Now.instant().toString({ smallestUnit: 'second' })
    const mark: WithdrawalMark = { format: 1, who, why, at }
    await putBytes(s3, markOf(buckets.archive, articleId), JSON.stringify(mark), signal)
    const cdn = { bucket: buckets.cdn, prefix: cdnKey(articleId, '') }
    const files = await moveFiles(s3, cdn, withdrawnFiles(buckets.archive, articleId), signal)
    const date = Temporal.Now.plainDateISO('UTC').toString()
    const told = await deposits.notify(articleId, { kind: 'withdrawal', date }, signal)
    property('withdrawn', why, 0)
    const message = `Withdrawn: ${count(versions, 'version')}, ${count(files, 'file')} of the CDN. ${toldText(told)}`
    return { output: undefined, message }
  })
}

/** Gives a withdrawn article back: the API and the search, then its files, then its page; then recipients are told. */
export function implementReinstateArticle({ s3, buckets, lax, site, deposits, tellDashboard }: Tools): Implementation {
  return implementStep(tellDashboard, reinstateArticle, async ({ articleId, who }, { signal, property }) => {
    const versions = await lax.reinstate(articleId, who, signal)
    await removeObject(s3, markOf(buckets.archive, articleId), signal)
    const cdn = { bucket: buckets.cdn, prefix: cdnKey(articleId, '') }
    const files = await moveFiles(s3, withdrawnFiles(buckets.archive, articleId), cdn, signal)
    for (const version of versions) await site.reinstate(articleVersionId(articleId, version), signal)
    const retraction = await lax.retractionOf(articleId, signal)
    const { date = '', notice } = retraction ?? {}
    const standing = retraction && { kind: 'retraction' as const, date, ...(notice !== undefined && { doi: notice }) }
    const told = await deposits.notify(articleId, standing, signal)
    property('withdrawn', '', 0)
    const message = `Public again: ${count(versions.length, 'version')}, ${count(files, 'file')} on the CDN. ${toldText(told)}`
    return { output: undefined, message }
  })
}

/** Returns the place where the files of a withdrawn article are kept, which no reader can see. */
function withdrawnFiles(bucket: string, articleId: string): Place {
  return { bucket, prefix: withdrawnPrefix(articleId) }
}

/** Returns the mark by which a store that is made again from the archive knows that the article is withdrawn, and why. */
function markOf(bucket: string, articleId: string): ObjectAddress {
  return { bucket, key: markKey(articleId, 'withdrawal') }
}

/** Moves all objects below a prefix: each is copied, then removed. A move that broke off is completed by another. */
async function moveFiles(s3: Tools['s3'], from: Place, to: Place, signal: AbortSignal): Promise<number> {
  const keys = await listKeys(s3, from.bucket, from.prefix, signal)
  for (const key of keys) {
    const source = { bucket: from.bucket, key }
    await copyObject(s3, source, { bucket: to.bucket, key: to.prefix + key.slice(from.prefix.length) }, signal)
    await removeObject(s3, source, signal)
  }
  return keys.length
}

function toldText(planned: readonly Deposit[] | undefined): string {
  if (!planned) return 'Recipients are not told: the deposits service knows no publication of it.'
  const told = new Set(
    planned.flatMap(({ recipient, state }) => (state === 'not-for-this-recipient' ? [] : [recipient])),
  )
  return told.size === 0
    ? 'No recipient is told: none has it in a record that says so.'
    : `Told: ${[...told].join(', ')}.`
}
