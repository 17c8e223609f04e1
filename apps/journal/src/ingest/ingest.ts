import type { Sql } from '@continuum/service'
import type { Edition } from '../editions/edition.ts'
import { editionOfPosted, editionOfPublished, type PublishOutcome } from '../editions/edition-rules.ts'
import { changeVersion, type VersionAddress } from '../editions/edition-store.ts'
import type { Eif } from '../editions/eif.ts'

/** What the pipeline can do with a version; each is safe to repeat. */
export interface Asked {
  sql: Sql
  now: Temporal.Instant
  /** The run that asks, where the sender names it. */
  run: string | undefined
}

/** Takes in a posted document. @returns the edition that it is now */
export function post({ sql, now, run }: Asked, eif: Eif): Promise<Edition> {
  const address = { article: Number(eif['article-id']), version: eif.version }
  return changeVersion(sql, address, async (version) => {
    const edition = editionOfPosted(version, eif, run, { now, first: version.first })
    await version.keep(edition)
    if (eif.publish) await version.drop('preview')
    return edition
  })
}

/** Makes public what the run has posted. */
export function publish({ sql, now, run }: Asked, address: VersionAddress): Promise<PublishOutcome> {
  return changeVersion(sql, address, async (version) => {
    const outcome = editionOfPublished(version, run, { now, first: version.first })
    if (typeof outcome === 'object' && outcome !== version.published) {
      await version.keep(outcome)
      await version.drop('preview')
    }
    return outcome
  })
}

/** Takes a version from readers; what waited beside it waits on, else it is a preview again. */
export function withdraw({ sql }: Asked, address: VersionAddress): Promise<Edition | 'unknown'> {
  return changeVersion(sql, address, async ({ preview, published, keep, drop }) => {
    await drop('published')
    if (preview || !published) return preview ?? 'unknown'
    const { dates: _dates, ...edition } = published
    const waiting: Edition = { ...edition, stage: 'preview' }
    await keep(waiting)
    return waiting
  })
}

/** Forgets a version. @returns whether it was there */
export function remove({ sql }: Asked, address: VersionAddress): Promise<{ known: boolean }> {
  return changeVersion(sql, address, async ({ preview, published, drop }) => {
    await drop('preview')
    await drop('published')
    return { known: preview !== undefined || published !== undefined }
  })
}
