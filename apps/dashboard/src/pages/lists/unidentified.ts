import type { Unidentified } from '../../store/unidentified.ts'
import { html, type Html } from '@continuum/service'
import { icon } from '../elements/icons.ts'
import { timeHtml } from '../elements/time.ts'

const maxRawLength = 4000

/** Renders the unidentified deliveries, each with the reason, advice and the original message. */
export function unidentifiedHtml(deliveries: readonly Unidentified[], csrf: string): Html {
  return html`<section id="unidentified" aria-labelledby="unidentified-heading" data-parts>
    <h2 id="unidentified-heading">Unidentified deliveries <span class="count">${deliveries.length}</span></h2>
    <ul id="unidentified-rows" class="rows" data-parts>
      ${deliveries.map(
        ({ message_id: id, source, reason, raw, received }) =>
          html`<li id="unidentified-${id}" class="row unidentified">
            ${icon('unidentified')}
            <div class="what">
              <h3>${reason === '' ? 'No reason given.' : reason}</h3>
              <p class="identity"><span>from ${source}</span></p>
            </div>
            <div class="now"><p class="since">${timeHtml(received, 'age')}</p></div>
            <div class="actions">
              <form method="post" action="/unidentified/dismiss">
                <input type="hidden" name="_csrf" value="${csrf}" />
                <input type="hidden" name="message_id" value="${id}" /><button id="dismiss-${id}">Dismiss</button>
              </form>
            </div>
            <div class="failure">
              <p class="advice">
                <b>What to do:</b> fix the problem, deliver or send it again, then dismiss this entry. The message is
                kept in the dead-letter queue of ${source}.
              </p>
              <details id="raw-${id}">
                <summary>Original message</summary>
                <pre>${raw.length > maxRawLength ? `${raw.slice(0, maxRawLength)}…` : raw}</pre>
              </details>
            </div>
          </li> `,
      )}
    </ul>
  </section> `
}
