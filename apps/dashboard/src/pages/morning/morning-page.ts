import { html, join, when, type Html } from '@continuum/service'
import { attentions, type Attention } from '../../derive/rules/deposit-attention.ts'
import type { OpenDeposits } from '../../http/open-deposits.ts'
import { maxCount } from '../../store/lists.ts'
import { attentionCount, attentionPath, attentionText } from '../elements/deposit-state.ts'
import { timeHtml } from '../elements/time.ts'
import type { Page } from '../frame/layout.ts'
import type { Group } from './morning-groups.ts'

/** The content of the morning page. */
export interface MorningView {
  readonly since: string
  /** Since the reader was last here, rather than since a time that they chose. */
  readonly isLastVisit: boolean
  readonly groups: readonly Group[]
  readonly deposits: OpenDeposits
  readonly now: Temporal.Instant
}

/** Builds the morning page: what has happened since the reader was last here, each group a filter of the list. */
export function morningPage({ since, isLastVisit, groups, deposits, now }: MorningView): Page {
  const ago = (hours: number) =>
    `/today?since=${encodeURIComponent(now.subtract({ hours }).toString({ smallestUnit: 'second' }))}`
  const shown = groups.filter(({ count }) => count > 0)
  const calm = typeof deposits !== 'string' && deposits.failed === 0 && deposits.late === 0
  const none = [
    ...groups.filter(({ count }) => count === 0).map(({ text }) => text),
    ...(calm ? ['deposits refused, failed or late'] : []),
  ]
  return {
    title: 'Today',
    at: '/today',
    live: 'all',
    main: html`<h1 id="heading">${isLastVisit ? 'Since you were last here' : 'What has happened'}</h1>
      <p id="since" class="sort">
        <span>From ${timeHtml(since, 'age')} on.</span>
        ${isLastVisit ? '' : html`<a href="/today">Since you were last here</a>`}
        <a href="${ago(24)}">24 hours</a> <a href="${ago(72)}">3 days</a> <a href="${ago(168)}">7 days</a>
      </p>
      <ul id="groups" class="groups" data-parts>
        ${shown.map(groupHtml)}${depositsHtml(deposits)}
      </ul>
      ${when(
        none.length > 0,
        () =>
          html`<p id="none" class="since">
            Empty:
            ${join(
              none.map((text) => html`${text}`),
              '; ',
            )}.
          </p>`,
      )}
      <p id="to-list"><a class="button" href="/current">All current articles</a></p>`,
  }
}

function countText(count: number): string {
  return count > maxCount ? `${maxCount.toLocaleString('en')}+` : count.toLocaleString('en')
}

function groupHtml({ id, text, count, path, parts = [] }: Group): Html {
  return html`<li id="group-${id}" class="group ${id}">
    <h2>
      <a href="${path}"><b>${countText(count)}</b> ${text}</a>
    </h2>
    ${when(
      parts.length > 0,
      () =>
        html`<ul>
          ${parts.map((part) => html`<li><a href="${part.path}">${countText(part.count)} ${part.text}</a></li>`)}
        </ul>`,
    )}
  </li> `
}

function depositsHtml(deposits: OpenDeposits): Html {
  if (typeof deposits === 'string') {
    return html`<li id="group-deposits" class="group">
      <h2><a href="/deposits">Deposits are not known</a></h2>
      <p class="since">${deposits}</p>
    </li>`
  }
  const kinds: Readonly<Record<Attention, string>> = { failed: 'failed', late: 'overdue', waiting: 'quiet' }
  return html`${attentions
    .filter((attention) => deposits[attention] > 0)
    .map(
      (attention) =>
        html`<li id="group-deposits-${attention}" class="group ${kinds[attention]} deposits">
          <h2>
            <a href="${attentionPath(attention)}"
              ><b>${attentionCount(attention, deposits[attention], deposits.more)}</b>
              ${deposits[attention] === 1 ? 'deposit' : 'deposits'} ${attentionText[attention]}</a
            >
          </h2>
        </li> `,
    )}`
}
