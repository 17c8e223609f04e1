import { html, nothing, when, type Html } from '@continuum/service'
import { maxCount } from '../../store/lists.ts'
import { may, type Frame } from '../frame/layout.ts'
import { listPath, type ListQuery } from './list-query.ts'

/** The list that the bar is of. */
export interface BarList {
  readonly base: '/current' | '/archive'
  readonly query: ListQuery
  /** The number of rows that match. */
  readonly count: number
  /** The publication of one of them may be scheduled. */
  readonly schedulable: boolean
}

/** Renders the bar of what can be done with the rows that are selected, or with all that match. */
export function bulkBarHtml({ base, query, count, schedulable }: BarList, frame: Frame): Html {
  if (!may(frame, 'editor') || count === 0) return nothing
  const path = listPath(base, query)
  const button = (act: string, text: string, style = '') =>
    html`<button class="${style}" formaction="/bulk/${act}" id="bulk-${act}">${text}</button>`
  const publishes = may(frame, 'publisher')
  const all = count > maxCount ? `more than ${maxCount.toLocaleString('en')}` : count.toLocaleString('en')
  return html`<form
    id="batch"
    class="batch"
    method="post"
    action="/bulk/assign"
    aria-label="With the selected articles"
  >
    <input type="hidden" name="_csrf" value="${frame.csrf ?? ''}" />
    <input type="hidden" name="back" value="${path}" />
    <span id="selected-count" class="selected-count" role="status"></span>
    <label class="select-all"><input type="checkbox" id="select-all" /> Select all shown</label>
    <label><input type="checkbox" id="select-matching" name="all" value="${path}" /> All ${all} that match</label>
    ${
      base === '/archive'
        ? button('restore', 'Restore selected')
        : html`${when(publishes, () => button('publish', 'Publish selected', 'strong'))}
          ${when(publishes && schedulable, () => button('schedule', 'Schedule…'))} ${button('rerun', 'Run again…')}
          ${button('dismiss', 'Dismiss…')}`
    }
    ${button('assign', 'Assign…')}
  </form>`
}
