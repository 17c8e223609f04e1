import { when, html, type Html } from './html.ts'

const whenBack = (what: string) => `If ${what} was away, run it again when it is back.`

/** What helps when a step has failed for good, beyond what its own message says. */
const byStep: Record<string, string> = {
  'Expand Article': 'A damaged package has to come from the typesetter again; any other can be run again.',
  'Check Package': 'Send the findings to the typesetter; the corrected package goes into the bucket.',
  'Convert JATS': 'Send the message to the typesetter: the XML has to be corrected and delivered again.',
  'Resize Images': 'Look at the image that the message names: a damaged one has to be delivered again.',
  'Ingest To Lax': `If lax refused the version, publish the one before it first. ${whenBack('lax')}`,
  'Post EIF': whenBack('the site'),
  'Check Approval': 'Open the article: it says whether, and why not, it can be published again.',
  'Publish Assets': 'Publish it again when the cause is gone.',
  'Approve Publication': 'Publish it again when the cause is gone.',
  'Publish To Lax': 'Publish it again when the cause is gone.',
  'Archive Article': 'The article is published; only what follows publication is missing.',
  'Post Publication': 'The article is published; only what follows publication is missing.',
}

/** What a production editor can do about a failed step; nothing where only its message knows. */
export function adviceHtml(step: string): Html {
  return when(byStep[step], (advice) => html`<p class="advice"><b>What to do:</b> ${advice}</p>`)
}
