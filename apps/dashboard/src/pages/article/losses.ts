import type { Losses } from '@continuum/messages'
import { html, nothing, when, type Html } from '@continuum/service'

type Kind = Losses['kinds'][number]

/** Lists of more entries than this are folded. */
const maxUnfolded = 5

/** Shows what of an article's XML is not on its page: a fold for each kind, with the place of each entry. */
export function lossesHtml({ summary, kinds, report }: Losses): Html {
  return html`<section id="losses" aria-labelledby="losses-heading">
    <h2 id="losses-heading">
      Not shown on the article's page <span class="count">${kinds.reduce((sum, { count }) => sum + count, 0)}</span>
    </h2>
    <p>${summary}</p>
    ${kinds.map((kind) => kindHtml(kind, report))}
  </section>`
}

function kindHtml({ severity, label, count, entries }: Kind, report: string): Html {
  const left = count - entries.length
  return html`<details ${count > maxUnfolded ? nothing : html`open`}>
    <summary>
      ${count.toLocaleString('en')} ${label}
      <span class="${severity === 'problem' ? 'problem' : 'note'}">${severityText[severity]}</span>
    </summary>
    <ul>
      ${entries.map(entryHtml)}${when(
        left > 0 && left,
        (more) => html`<li>${more.toLocaleString('en')} more in <code>${report}</code></li>`,
      )}
    </ul>
  </details>`
}

const severityText: Readonly<Record<Kind['severity'], string>> = {
  problem: 'problem',
  warning: 'accepted by the journal',
  finding: 'finding',
}

function entryHtml({ line, label, xpath, excerpt, why }: Kind['entries'][number]): Html {
  return html`<li>
    ${when(label, (text) => html`<b>${text}</b>, line `)}${label === undefined ? html`Line ` : nothing}${line}:
    <q>${excerpt}</q> ${why} <code>${xpath}</code>
  </li>`
}
