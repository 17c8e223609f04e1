import { html, type Html } from '@continuum/service'
import type { OverdueSchedule } from '../../store/schedules.ts'
import { articlePath } from '../elements/addresses.ts'
import { icon } from '../elements/icons.ts'
import { titleHtml } from '../elements/jats-title.ts'
import { unixTimeHtml } from '../elements/time.ts'

/** Renders the schedules that are overdue and on no row of the list, such as those of articles that have not arrived. */
export function overdueHtml(schedules: readonly OverdueSchedule[]): Html {
  return html`<section id="overdue" aria-labelledby="overdue-heading" data-parts>
    <h2 id="overdue-heading">Overdue schedules <span class="count">${schedules.length}</span></h2>
    <ul id="overdue-rows" class="rows" data-parts>
      ${schedules.map(
        ({ article, title, due, problem, by }) =>
          html`<li id="overdue-${article}" class="row error">
            ${icon('scheduled')}
            <div class="what">
              <h3>
                ${title === null ? html`${article} has not arrived` : html`<a href="${articlePath(article)}">${titleHtml(title)}</a>`}
              </h3>
              <p class="identity"><b class="number">${article}</b> <span>scheduled by ${by}</span></p>
            </div>
            <div class="now">
              <p><b>Was due ${unixTimeHtml(due)}</b></p>
              <p class="problem">
                <b>Overdue:</b> ${problem === '' ? 'The scheduler has not come to it yet.' : problem}
              </p>
            </div>
            <div class="actions">
              <a class="button" href="/scheduled#scheduled-${article}"
                >Schedule<span class="quiet-voice"> of ${article}</span></a
              >
            </div>
          </li> `,
      )}
    </ul>
  </section> `
}
