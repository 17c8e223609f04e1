import type { UnidentifiedGroup } from '../../store/unidentified.ts'
import { html, when, type Html } from '@continuum/service'
import { icon } from '../elements/icons.ts'
import { timeHtml } from '../elements/time.ts'
import { may, type Frame } from '../frame/layout.ts'

const maxRawLength = 4000

/** Renders the unidentified deliveries, one entry for each kind, with the reason, advice and the newest original message. */
export function unidentifiedHtml(groups: readonly UnidentifiedGroup[], frame: Frame): Html {
  const all = groups.reduce((sum, { count }) => sum + count, 0)
  return html`<section id="unidentified" aria-labelledby="unidentified-heading" data-parts>
    <h2 id="unidentified-heading">Unidentified deliveries <span class="count">${all}</span></h2>
    <ul id="unidentified-rows" class="rows" data-parts>
      ${groups.map(
        ({ count, newest: { message_id: id, source, reason, raw }, firstReceived, lastReceived }) =>
          html`<li id="unidentified-${id}" class="row unidentified">
            ${icon('unidentified')}
            <div class="what">
              <h3>${reason === '' ? 'No reason given.' : reason}</h3>
              <p class="identity">
                <span>from ${source}</span>${when(
                  count > 1 && count,
                  (number) => html`<span>${number} of this kind, the first ${timeHtml(firstReceived, 'age')}</span>`,
                )}
              </p>
            </div>
            <div class="now"><p class="since">${timeHtml(lastReceived, 'age')}</p></div>
            <div class="actions">
              ${when(
                may(frame, 'editor'),
                () =>
                  html`<form method="post" action="/unidentified/dismiss">
                    <input type="hidden" name="_csrf" value="${frame.csrf ?? ''}" />
                    <input type="hidden" name="message_id" value="${id}" /><button id="dismiss-${id}">
                      ${count > 1 ? `Dismiss all ${count}` : 'Dismiss'}
                    </button>
                  </form>`,
              )}
            </div>
            <div class="failure">
              <p class="advice">
                <b>What to do:</b> fix the problem, deliver or send it again, then dismiss this entry. Every message is
                kept in the dead-letter queue of ${source}.
              </p>
              <details id="raw-${id}">
                <summary>${count > 1 ? 'Newest original message' : 'Original message'}</summary>
                <pre>${raw.length > maxRawLength ? `${raw.slice(0, maxRawLength)}…` : raw}</pre>
              </details>
            </div>
          </li> `,
      )}
    </ul>
  </section> `
}
