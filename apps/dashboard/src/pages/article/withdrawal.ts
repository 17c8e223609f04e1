import { html, nothing, when, type Html } from '@continuum/service'
import { judgeWithdrawal, pendingWithdrawal, withdrawalOf } from '../../derive/rules/withdrawal.ts'
import type { KnownArticle } from '../../project/article-rows.ts'
import { may, type Frame } from '../frame/layout.ts'

/** Renders whether an article is withdrawn and why, and the button that withdraws it or gives it back, for whoever may. */
export function withdrawalHtml({ article, requests }: KnownArticle, frame: Frame): Html {
  const why = withdrawalOf(article)
  const pending = pendingWithdrawal(article, requests)
  const publishes = may(frame, 'publisher')
  const hidden = html`<input type="hidden" name="_csrf" value="${frame.csrf ?? ''}" /><input
      type="hidden"
      name="article"
      value="${article.id}"
    />`
  const possible = (kind: 'withdraw' | 'reinstate') => publishes && judgeWithdrawal(article, requests, kind).allowed
  if (why === undefined && !pending && !possible('withdraw')) return nothing
  return html`<section id="withdrawal" class="panel" aria-label="Withdrawal">
    ${when(why, (text) => html`<p><b>Withdrawn:</b> readers get none of it. <span class="words">${text}</span></p>`)}
    ${when(
      pending,
      ({ kind, by }) =>
        html`<p class="why-not">${kind === 'withdraw' ? 'Withdrawal' : 'Reinstatement'} requested by ${by}.</p>`,
    )}
    ${when(
      possible('withdraw'),
      () =>
        html`<details id="withdraw">
          <summary>Withdraw from readers</summary>
          <form class="stacked" method="post" action="/article/withdraw">
            ${hidden}
            <p>
              <label for="withdraw-why">Reason; readers see it in place of the article</label>
              <textarea id="withdraw-why" name="why" rows="3" maxlength="1000" required></textarea>
            </p>
            <p class="quiet">
              All versions leave the site, the API, the search and the CDN. It can be taken back for ten seconds, and
              reinstated later.
            </p>
            <button>Withdraw ${article.id}</button>
          </form>
        </details>`,
    )}
    ${when(
      possible('reinstate'),
      () =>
        html`<form class="actions" method="post" action="/article/reinstate">
          ${hidden}<button>Give ${article.id} back to readers</button>
        </form>`,
    )}
  </section>`
}
