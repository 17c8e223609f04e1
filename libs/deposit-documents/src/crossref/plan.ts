import type { JournalDetails, PublishedVersion } from '../record/journal.ts'
import type { ArticleRecord } from '../record/record.ts'
import { journalElement, type ArticleDeposit } from './article.ts'
import { depositWriter, uncheckedDeposit, type DepositWriter } from './batch.ts'
import { nameProblems, type NameProblem } from './contributors.ts'
import { droppedParts, keptValues } from './kept-parts.ts'
import type { KeptPart } from './programs.ts'
import { depositedReviews, peerReviewElement } from './reviews.ts'

/** Kinds of deposits of one publication, in the order in which they are sent. */
export type CrossrefKind = 'version-emptying' | 'version' | 'emptying' | 'article' | 'reviews'

/** One file for Crossref, to be written once its timestamp is known. */
export interface CrossrefDeposit extends DepositWriter {
  readonly kind: CrossrefKind
  /** Every DOI in it: the timestamp must be greater than the last of each. */
  readonly dois: readonly string[]
  /** Kinds of this plan that must be confirmed before it is sent. */
  readonly after: readonly CrossrefKind[]
}

/** Deposits of one publication, and names that a person must look at before they are sent. */
export interface CrossrefPlan {
  readonly deposits: readonly CrossrefDeposit[]
  readonly problems: readonly NameProblem[]
}

interface PlanInput {
  readonly record: ArticleRecord
  readonly published: PublishedVersion
  readonly journal: JournalDetails
  /** The file of the last confirmed deposit of a DOI, where there is one. */
  readonly before?: (doi: string) => Uint8Array | string | undefined
}

/**
 * Plans the deposits of a published version: the record of its version DOI, where it has one, then that of the article, which
 * relates to it, then its letters, which review it. Where Crossref would keep what this version no longer says, a deposit that
 * empties it goes first.
 */
export function planCrossref({ record, published, journal, before = () => undefined }: PlanInput): CrossrefPlan {
  const stem = `${journal.prefix}-crossref-${published.id}-v${published.version}`
  const plan = (of: ArticleDeposit['of'], doi: string): readonly CrossrefDeposit[] => {
    const body = (emptied: readonly KeptPart[]) => [journalElement({ record, journal, published, of, emptied })]
    const emptyingKind = of === 'version' ? 'version-emptying' : 'emptying'
    const writer = (kind: CrossrefKind, emptied: readonly KeptPart[]) =>
      depositWriter(`${stem}-${kind}`, () => ({ journal, body: body(emptied) }))
    const sent = before(doi)
    const now = () => uncheckedDeposit(stem, { timestamp: '0', journal, body: body([]) }).xml
    const emptied = sent === undefined ? [] : droppedParts(keptValues(sent, doi), keptValues(now(), doi))
    const dois = of === 'version' ? [doi] : [doi, ...record.components.map((component) => component.doi)]
    const earlier: readonly CrossrefKind[] = of === 'article' && record.versionDoi !== undefined ? ['version'] : []
    const main = { kind: of, dois, ...writer(of, []) } as const
    if (emptied.length === 0) return [{ ...main, after: earlier }]
    return [
      { kind: emptyingKind, dois, after: earlier, ...writer(emptyingKind, emptied) },
      { ...main, after: [...earlier, emptyingKind] },
    ]
  }
  const letters = published.status === 'vor' ? depositedReviews(record) : []
  const reviews: readonly CrossrefDeposit[] =
    letters.length === 0
      ? []
      : [
          {
            kind: 'reviews',
            dois: letters.map(({ doi }) => doi),
            after: ['article'],
            ...depositWriter(`${stem}-reviews`, () => ({
              journal,
              body: letters.map((letter) => peerReviewElement(letter, record, { journal, published })),
            })),
          },
        ]
  return {
    deposits: [
      ...(record.versionDoi === undefined ? [] : plan('version', record.versionDoi)),
      ...plan('article', record.doi),
      ...reviews,
    ],
    problems: nameProblems([...record.authors, ...letters.flatMap(({ contributors }) => contributors)]),
  }
}
