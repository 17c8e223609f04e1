import { html, when, type Html } from '@continuum/service'

const ifUnavailable = (service: string) => `If ${service} was unavailable, run it again when it is back.`

/** Advice for a step that has failed for good, beyond its own message. */
const byStep: Record<string, string> = {
  'Expand Article': 'If the package is damaged, ask the typesetter for a new one. Otherwise run it again.',
  'Check Package': 'Send the findings to the typesetter, and upload the corrected package to the bucket.',
  'Convert JATS': 'Send the message to the typesetter: the XML has to be corrected and delivered again.',
  'Resize Images': 'Look at the image that the message names. If it is damaged, it has to be delivered again.',
  'Ingest To Lax': `If lax rejected the version, publish the previous version first. ${ifUnavailable('lax')}`,
  'Post EIF': ifUnavailable('the site'),
  'Check Approval': 'Open the article to see whether it can be published again, and if not, why.',
  'Publish Assets': 'Publish it again when the cause is fixed.',
  'Approve Publication': 'Publish it again when the cause is fixed.',
  'Publish To Lax': 'Publish it again when the cause is fixed.',
  'Archive Article': 'The article is published. Only the steps after publication are incomplete.',
  'Post Publication': 'The article is published. Only the steps after publication are incomplete.',
}

/** Renders advice for a production editor on a failed step, or nothing if there is none. */
export function adviceHtml(step: string): Html {
  return when(byStep[step], (advice) => html`<p class="advice"><b>What to do:</b> ${advice}</p>`)
}
