import { html, type Html } from './html.ts'

/** What helps when a step has failed for good, beyond what its own message says. */
const byStep: Record<string, string> = {
  Delivery: 'Check the name of the package, correct it and deliver it again.',
  'Expand Article': 'If the package is damaged, ask the typesetter for it again and deliver it.',
  'Check Package': 'Send the findings to the typesetter, and deliver the corrected package.',
  'Convert JATS': 'Send the message to the typesetter: the XML has to be corrected and delivered again.',
  'Resize Images': 'Look at the image that the message names: a damaged one has to be delivered again.',
  'Ingest To Lax':
    'If the article store was away, let it go on when it is back. If it refused the version, publish the one before it.',
  'Post EIF': 'If the site was away, let it go on when it is back.',
  'Archive Article': 'The article is published; only what follows publication is missing.',
  'Post Publication': 'The article is published; only what follows publication is missing.',
}

const afterApproval = new Set(['Check Approval', 'Publish Assets', 'Approve Publication', 'Publish To Lax'])

/**
 * What a production editor can do about a failed step.
 *
 * @param id the article's number: the command that runs its delivery again names it
 */
export function adviceHtml(step: string, id: string): Html {
  const advice = afterApproval.has(step)
    ? html`When the cause is gone, open the article and publish it again.`
    : html`${byStep[step] ?? 'See to the cause.'} To run it again: <code>npm run -s continuum -- rerun ${id}</code>`
  return html`<p class="advice"><b>What to do:</b> ${advice}</p>`
}
