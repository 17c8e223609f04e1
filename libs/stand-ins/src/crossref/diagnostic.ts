import { escapeXml } from '../http/escape.ts'
import type { Submission } from './queue.ts'

/** The XML with which Crossref answers the question for a submission's result. */
export function diagnosticOf(submission: Submission | undefined): string {
  if (submission === undefined) return envelope('unknown_submission', 0, '')
  const { id, batchId, results } = submission
  if (results === undefined) return envelope('queued', id, '')
  const number = (wanted: string) => results.filter(({ status }) => status === wanted).length
  const records = results.map(
    ({ status, doi, message }) =>
      `  <record_diagnostic status="${status}">\n    <doi>${escapeXml(doi)}</doi>\n    <msg>${escapeXml(message)}</msg>\n  </record_diagnostic>`,
  )
  return envelope(
    'completed',
    id,
    [
      ...(batchId === undefined ? [] : [`  <batch_id>${escapeXml(batchId)}</batch_id>`]),
      ...records,
      '  <batch_data>',
      `    <record_count>${results.length}</record_count>`,
      `    <success_count>${number('Success')}</success_count>`,
      `    <warning_count>${number('Warning')}</warning_count>`,
      `    <failure_count>${number('Failure')}</failure_count>`,
      '  </batch_data>',
    ].join('\n'),
  )
}

function envelope(status: string, id: number, content: string): string {
  return `<?xml version="1.0" encoding="UTF-8"?>
<doi_batch_diagnostic status="${status}" sp="stand-in">
  <submission_id>${id}</submission_id>
${content}
</doi_batch_diagnostic>
`
}
