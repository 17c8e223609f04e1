import type { WebContext } from '../../http/context.ts'
import { ContentUnavailableError, type PackageFile } from '../../content/contents.ts'
import { propertiesOf, textOf } from '../../derive/history/article.ts'
import { kindOf } from '../../derive/rows/kind.ts'
import { findingsOf } from '../../derive/rows/summary.ts'
import { judgePublication, type Verdict } from '../../derive/rules/publishable.ts'
import { dateText, newerDeliveries, replacementText, type NewerDelivery } from '../../derive/rules/replacement.ts'
import { loadArticle } from '../../project/article-rows.ts'
import { looksAt, type PreviewLook } from '../../store/preview-looks.ts'
import { readLosses } from '@continuum/messages'
import type { RunRef } from '../elements/addresses.ts'
import { zoneOf } from '../elements/local-times.ts'

/** The files of a run's package; a text where they are not known. */
export type ReviewedFiles = { readonly pdf: boolean; readonly figures: number; readonly unreadable: number } | string

/** A selected run with all that should be known before it is published. */
export interface Reviewed {
  readonly ref: RunRef
  readonly title: string | undefined
  readonly verdict: Verdict
  /** The time zone of its journal. */
  readonly zone: string
  /** Absent where the run is not known. */
  readonly facts?: {
    readonly status: string | undefined
    /** In the journal's words. */
    readonly type: string | undefined
    readonly replaces: string
    readonly date: string
    readonly findings: readonly string[]
    readonly losses: string | undefined
    readonly files: ReviewedFiles
    readonly looks: readonly PreviewLook[]
    readonly newer: readonly NewerDelivery[]
  }
}

/** Gathers what should be known of a run before it is published. */
export async function review(context: WebContext, ref: RunRef, force: boolean): Promise<Reviewed> {
  const { sql, contents, journals } = context
  const known = await loadArticle(sql, ref.id)
  const version = known?.article.versions.find(({ number }) => number === ref.version)
  const run = version?.runs.find(({ id }) => id === ref.run)
  const target = { version: ref.version, run: ref.run, force }
  const verdict = judgePublication(known?.article, known?.requests ?? [], target)
  const zone = zoneOf(journals, ref.id)
  if (!known || !version) return { ref, title: undefined, verdict, zone }
  const { article, requests } = known
  const properties = propertiesOf(article, version, run)
  const title = textOf(properties, 'title')
  if (!run) return { ref, title, verdict, zone }
  const [files, looks] = await Promise.all([filesOf(contents.filesOf(ref)), looksAt(sql, ref.id, ref.run)])
  const facts = {
    status: textOf(properties, 'status'),
    type: kindOf(textOf(properties, 'article-kind'), textOf(properties, 'article-type')),
    replaces: replacementText(article, ref.version),
    date: dateText(article, version, run, Temporal.Now.instant()),
    findings: findingsOf(textOf(properties, 'findings')),
    losses: readLosses(textOf(properties, 'losses') ?? '')?.summary,
    files,
    looks,
    newer: newerDeliveries(article, run, requests),
  }
  return { ref, title, verdict, zone, facts }
}

async function filesOf(reading: Promise<readonly PackageFile[] | undefined>): Promise<ReviewedFiles> {
  try {
    const files = await reading
    if (!files) return 'The list of its files is no longer kept.'
    const figures = files.filter(({ kind }) => kind === 'figure')
    return {
      pdf: files.some(({ kind }) => kind === 'articlePdf'),
      figures: figures.length,
      unreadable: figures.filter(({ unreadable }) => unreadable).length,
    }
  } catch (error) {
    if (error instanceof ContentUnavailableError) return error.message
    throw error
  }
}
