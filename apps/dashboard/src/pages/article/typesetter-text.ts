import { readLosses } from '@continuum/messages'
import { propertiesOf, textOf } from '../../derive/history/article.ts'
import { deliveryOf } from '../../derive/history/delivery.ts'
import { findingsOf } from '../../derive/rows/summary.ts'
import type { ShownRun } from './shown-run.ts'

/**
 * Writes to the typesetter what is wrong with a run's package, in plain words: the error that ended it, the findings of the
 * package check, and what of the XML is lost. Undefined where nothing is wrong.
 */
export function typesetterText({ known: { article }, version, run }: ShownRun): string | undefined {
  const properties = propertiesOf(article, version, run)
  const findings = findingsOf(textOf(properties, 'findings'))
  const losses = readLosses(textOf(properties, 'losses') ?? '')
  const { failure } = run
  if (!failure && findings.length === 0 && !losses) return undefined
  const file = deliveryOf(run)?.file_name
  const places = losses?.kinds.flatMap(({ label, entries }) =>
    entries.map(({ line, excerpt, why }) => `- ${label}, line ${line}: ${excerpt}\n  ${why}`),
  )
  return [
    `Article ${article.id}${version.number > 0 ? `, version ${version.number}` : ''}${file === undefined ? '' : ` (${file})`}`,
    ...(failure ? [`${failure.step} failed:\n${failure.message === '' ? 'No reason given.' : failure.message}`] : []),
    ...(findings.length > 0 ? [`Findings:\n${findings.map((finding) => `- ${finding}`).join('\n')}`] : []),
    ...(losses ? [`Lost from the XML: ${losses.summary}\n${places?.join('\n') ?? ''}`.trimEnd()] : []),
    'Please correct this and deliver the package again.',
  ].join('\n\n')
}
