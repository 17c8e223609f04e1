import { html, type Html } from '@continuum/service'

/** Advice for a step that has failed for good, beyond its own message and before the button. */
const byStep: Record<string, string> = {
  'Expand Article': 'If the package is damaged, ask the typesetter for a new one.',
  'Check Package': 'Send the findings to the typesetter, and upload the corrected package to the bucket.',
  'Convert JATS': 'Send the message to the typesetter: the XML has to be corrected and delivered again.',
  'Resize Images': 'Look at the image that the message names. If it is damaged, it has to be delivered again.',
  'Ingest To Lax': 'If lax rejected the version, publish the previous version first.',
  'Check Approval': 'Open the article to see whether it can be published again, and if not, why.',
  'Approve Publication': 'Until it is published again, the article may be public in one place and not in another.',
  'Publish To Lax': 'Until it is published again, the article is on the site, and not in lax.',
  'Withdraw Article': 'Until it is withdrawn again, the article may be public in one place and not in another.',
  'Reinstate Article': 'Until it is reinstated again, the article may be public in one place and not in another.',
  'Archive Article': 'The article is published. Only the steps after publication are incomplete.',
  'Post Publication': 'The article is published. Only the steps after publication are incomplete.',
}

/** The buttons that the row of a failed run has. */
export interface Buttons {
  readonly republishable: boolean
  readonly rerunnable: boolean
}

/** Renders advice for a production editor on a failed step. It names a button only where the row has it. */
export function adviceHtml(step: string, { republishable, rerunnable }: Buttons): Html {
  const button = republishable
    ? 'Once the cause is fixed, press “Publish again”.'
    : rerunnable
      ? 'Once the cause is fixed, press “Run again”.'
      : 'Once the cause is fixed, upload the package to the bucket again.'
  const advice = [byStep[step], step in afterPublication ? undefined : button].filter((part) => part !== undefined)
  return html`<p class="advice"><b>What to do:</b> ${advice.join(' ')}</p>`
}

/** Steps whose failure no button of the row mends. */
const afterPublication: Readonly<Record<string, true>> = {
  'Archive Article': true,
  'Post Publication': true,
  'Withdraw Article': true,
  'Reinstate Article': true,
}
