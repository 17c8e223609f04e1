import { html, when, type Html } from '../markup/html.ts'
import { inlineMarkup } from '../markup/sanitise.ts'
import type { Frame } from './frame.ts'

/** The owner of a figure, and the terms on which it is shown. */
export function credits(attribution: readonly string[] | undefined, frame: Frame): Html {
  return html`${(attribution ?? []).map((text) => html`<p class="attribution">${inlineMarkup(text, frame.files)}</p>`)}`
}

/** The words for those who do not see something, folded away. */
export function description(text: string | undefined): Html {
  return when(
    text,
    (words) =>
      html`<details class="long-description">
        <summary>Description</summary>
        <p>${words}</p>
      </details>`,
  )
}
