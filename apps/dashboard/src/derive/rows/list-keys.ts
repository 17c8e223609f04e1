import { allRuns, propertiesOf, textOf, type VersionRun } from '../history/article.ts'
import { deliveryOf } from '../history/delivery.ts'
import type { Article, KnownRun } from '../history/model.ts'
import { isOver } from '../history/steps.ts'
import { subjectsOf } from './kind.ts'
import type { Summary } from './summary.ts'

/** The values by which the lists are filtered, sorted and searched. */
export interface ListKeys {
  readonly journal: string
  readonly subjects: readonly string[]
  readonly kind: string
  readonly status: string
  readonly step: string
  readonly cause: string
  readonly sortTitle: string
  /** Words to be found by, folded: see `searchWords`. */
  readonly words: readonly string[]
}

const maxCause = 200
const maxWord = 100

/** Derives what a row of the lists is filtered, sorted and searched by. */
export function listKeys(article: Article, { version, run }: VersionRun, summary: Summary, notes: string): ListKeys {
  const properties = propertiesOf(article, version, run)
  const text = (name: string) => textOf(properties, name)
  const title = plainTitle(summary.title ?? '')
  const { failure } = summary
  return {
    journal: journalOf(article, run),
    subjects: subjectsOf(text('subjects')),
    kind: summary.kind ?? '',
    status: summary.status?.toUpperCase() ?? '',
    step: failure?.step ?? run?.steps.find((step) => !isOver(step))?.type ?? '',
    cause: failure ? causeOf(failure) : '',
    sortTitle: foldedText(title).slice(0, 200),
    words: [
      ...new Set(
        [
          article.id,
          article.id.replace(/^.*?0*(?=\d+$)/, ''),
          title,
          text('doi'),
          text('authors'),
          text('corresponding-authors'),
          summary.kind,
          text('subjects'),
          summary.file,
          failure?.step,
          failure?.message,
          ...(run?.steps.flatMap(({ failures }) => failures.map(({ message }) => message)) ?? []),
          notes,
        ].flatMap((part) => searchWords(part ?? '')),
      ),
    ],
  }
}

/** Describes the error of a run without what differs from one article to the next, so that equal causes are equal. */
export function causeOf({ step, message }: NonNullable<KnownRun['failure']>): string {
  const [line = ''] = message.split('\n')
  const same = line
    .replaceAll(/"[^"]*"|“[^”]*”|'[^']*'/g, '“…”')
    .replaceAll(/\S*\d\S*/g, '…')
    .replaceAll(/…(\s+…)+/g, '…')
  return `${step}: ${same.trim() || 'no reason given'}`.slice(0, maxCause)
}

/** Splits a text into words to search by: without case, accents and punctuation. */
export function searchWords(text: string): string[] {
  return foldedText(text)
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '')
    .map((word) => word.slice(0, maxWord))
}

function foldedText(text: string): string {
  return text.normalize('NFKD').replaceAll(/\p{M}/gu, '').toLowerCase()
}

function plainTitle(jats: string): string {
  return jats.replaceAll(/<[^>]*>/g, '')
}

/** The journal, by the prefix of the package's name (`elife-00353-vor-r1.zip`), or of the id (`ijm-00202`). */
function journalOf({ id, ...article }: Article, run: KnownRun | undefined): string {
  const runs = [...(run ? [run] : []), ...allRuns({ id, ...article }).toReversed()]
  const files = runs.flatMap((one) => deliveryOf(one)?.file_name ?? [])
  for (const name of [...files, id]) {
    const prefix = /^([a-z][a-z0-9]*)-/i.exec(name)?.[1]
    if (prefix !== undefined) return prefix.toLowerCase()
  }
  return ''
}
