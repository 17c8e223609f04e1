import type { Sql } from '@continuum/service'
import type { Edition } from '../editions/edition.ts'
import { editionOfPosted, editionOfPublished, type PublishOutcome } from '../editions/edition-rules.ts'
import { changeVersion, listVersions, type VersionAddress } from '../editions/edition-store.ts'
import { keepReason } from '../editions/record-store.ts'
import type { Eif } from '../editions/eif.ts'

/** The parameters of every command. Each command may be repeated. */
export interface IngestOptions {
  sql: Sql
  now: Temporal.Instant
  /** The run that sends the command, where it names itself. */
  run: string | undefined
}

/** Stores a posted document. @returns the edition that it is now */
export function post({ sql, now, run }: IngestOptions, address: VersionAddress, eif: Eif): Promise<Edition> {
  return changeVersion(sql, address, async (version) => {
    const edition = editionOfPosted(version, eif, run, { now, first: version.first })
    await version.keep(edition)
    if (eif.publish) await version.drop('preview')
    return edition
  })
}

/** Publishes what the run has posted. */
export function publish({ sql, now, run }: IngestOptions, address: VersionAddress): Promise<PublishOutcome> {
  return changeVersion(sql, address, async (version) => {
    const outcome = editionOfPublished(version, run, { now, first: version.first })
    if (typeof outcome === 'object' && outcome !== version.published) {
      await version.keep(outcome)
      await version.drop('preview')
    }
    return outcome
  })
}

/** Withdraws a version from readers: it is a preview again, unless a correction waits already. */
export function withdraw({ sql }: IngestOptions, address: VersionAddress): Promise<Edition | 'unknown'> {
  return changeVersion(sql, address, async ({ preview, published, keep, drop }) => {
    await drop('published')
    if (preview || !published) return preview ?? 'unknown'
    const { dates: _dates, ...edition } = published
    const waiting: Edition = { ...edition, stage: 'preview' }
    await keep(waiting)
    return waiting
  })
}

/**
 * Withdraws an article from readers: all of its versions, with a reason that its page says. It may be repeated.
 *
 * @returns the number of versions that were public; undefined where nothing of it ever was
 */
export async function withdrawArticle(
  options: IngestOptions,
  article: string,
  reason: string,
): Promise<number | undefined> {
  const versions = await listVersions(options.sql, article)
  for (const { version } of versions) await withdraw(options, { article, version })
  return (await keepReason(options.sql, article, reason)) ? versions.length : undefined
}

/** Deletes a version. @returns `known: false` where the site did not have it */
export function remove({ sql }: IngestOptions, address: VersionAddress): Promise<{ known: boolean }> {
  return changeVersion(sql, address, async ({ preview, published, drop }) => {
    await drop('preview')
    await drop('published')
    return { known: preview !== undefined || published !== undefined }
  })
}
