import { lossKinds, lossWords, type Loss, type LossKind, type LossReport } from '@continuum/article'
import { listOf } from './wording.ts'
import type { Remark } from './remark.ts'

/** Turns a loss report into remarks, one for each kind of loss, the most severe first. */
export function lossRemarks({ losses }: LossReport): readonly Remark[] {
  return (['problem', 'warning', 'finding'] as const).flatMap((severity) =>
    lossKinds.flatMap((kind): readonly Remark[] => {
      const lost = losses.filter((loss) => loss.kind === kind && loss.severity === severity)
      if (lost.length === 0) return []
      return [
        {
          severity,
          what: sentence(kind, lost) + (severity === 'warning' ? ' The journal accepts that.' : ''),
          ...(severity === 'problem' && { advice: `${advice[kind] ?? otherAdvice} ${acceptance(kind)}` }),
          places: lost.map(({ line, xpath, label, excerpt, why }) => ({
            line,
            xpath,
            excerpt,
            why,
            ...(label !== undefined && { label }),
          })),
        },
      ]
    }),
  )
}

/** The number of places that the sentence about a loss names. */
const namedPlaces = 6

function sentence(kind: LossKind, lost: readonly Loss[]): string {
  const [one, several] = lossWords[kind]
  const counted = `${lost.length} ${lost.length === 1 ? one : several}`
  const places = listOf(
    lost.map(({ label, line }) => (label ? `${label}, line ${line}` : `line ${line}`)),
    namedPlaces,
  )
  if (kind === 'dead-link' || kind === 'invented') return `${counted} (${places}).`
  return `${counted} ${lost.length === 1 ? 'is' : 'are'} not shown, or not whole (${places}).`
}

const advice: Partial<Record<LossKind, string>> = {
  'body-text': 'Move the text into an element that is shown there: p, list, boxed-text, disp-quote.',
  title: 'Put the text into article-title, or into subtitle.',
  figure: 'Give the figure a graphic whose xlink:href names a file of the package.',
  table: 'Write the table with table, or as a graphic, in a table-wrap.',
  author: 'Write each author as a contrib with name, string-name or collab.',
  'dead-link': 'Correct the rid of the xref, or give the id to what it means.',
}
const otherAdvice = 'Tag the text as JATS describes it.'

function acceptance(kind: LossKind): string {
  return `Only the journal can accept this, with "${kind}" in toleratedLosses of its settings.`
}
