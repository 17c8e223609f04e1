import type { Deposit, Deposits, Recipients, RecipientState } from '@continuum/messages'
import { html, join, nothing, when, type Html } from '@continuum/service'
import { attentions, type Attention } from '../../derive/rules/deposit-attention.ts'
import type { AttentionCounts } from '../../http/open-deposits.ts'
import { articlePath } from '../elements/addresses.ts'
import { icon } from '../elements/icons.ts'
import { plural } from '../elements/plural.ts'
import { timeHtml } from '../elements/time.ts'
import { may, type Frame, type Page } from '../frame/layout.ts'
import { attentionCount, attentionText, depositIcon, depositStateText, stateHtml } from '../elements/deposit-state.ts'

/** The content of the deposits page. */
export interface DepositsView {
  readonly recipients: Recipients
  readonly listed: ListedDeposits
  /** The filter: a recipient, an article, a state; without a state: what was not delivered. */
  readonly filter: Readonly<Record<string, string>>
  /** Of what was not delivered, that which asks this of a person. */
  readonly attention?: Attention | undefined
}

/** The deposits of a list; of what was not delivered, with how many there are of each kind. */
export type ListedDeposits = Deposits & { readonly counts?: AttentionCounts }

/** Builds the page of what goes out: how each recipient stands, and what was not delivered. */
export function depositsPage({ recipients, listed, filter, attention }: DepositsView, frame: Frame): Page {
  const csrf = may(frame, 'operator') ? (frame.csrf ?? '') : undefined
  return {
    title: 'Deposits',
    at: '/deposits',
    main: html`<h1 id="heading">Deposits</h1>
      ${liveHtml(recipients)} ${attentionHtml(listed.counts, filter, attention)}
      ${recipientsHtml(recipients.recipients, csrf)} ${filterHtml(filter)}
      ${listHtml(listed, { recipients: recipients.recipients, filter, attention }, csrf)}`,
  }
}

function liveHtml({ live, recipients }: Recipients): Html {
  const forbidden = recipients.filter(({ reach }) => reach === 'forbidden').map(({ title }) => title)
  return html`<p id="live" class="tally none">
    ${
      live
        ? html`<b>Live:</b> real recipients are reached.`
        : html`<b>Not live:</b> only stand-ins and test systems are reached; no recipient and no author gets anything.`
    }${when(
      forbidden.length > 0 && forbidden.join(', '),
      (names) => html` <span class="problem">Real, and so not reached: ${names}.</span>`,
    )}
  </p>`
}

/** Tells what has failed and what is late apart from what only waits; each is a filter of the list. */
function attentionHtml(
  counts: AttentionCounts | undefined,
  { recipient, article }: Readonly<Record<string, string>>,
  chosen: Attention | undefined,
): Html {
  if (!counts) return nothing
  const path = (attention?: Attention) => {
    const parameters = { ...(recipient && { recipient }), ...(article && { article }), ...(attention && { attention }) }
    const text = new URLSearchParams(parameters).toString()
    return text === '' ? '/deposits' : `/deposits?${text}`
  }
  const links = attentions
    .filter((attention) => counts[attention] > 0)
    .map(
      (attention) =>
        html`<a class="${attention === 'waiting' ? '' : 'error'}" href="${path(attention)}#deposits"
          ><b>${attentionCount(attention, counts[attention], counts.more)}</b> ${attentionText[attention]}</a
        >`,
    )
  return html`${when(links.length > 0, () => html`<p id="attention" class="tally">${join(links, ' ')}</p>`)}${when(
    chosen,
    (attention) =>
      html`<ul class="chips" aria-label="Filters">
        <li>
          <a class="chip" href="${path()}"
            ><span class="quiet-voice">Remove the filter </span>${attentionText[attention]}
            <span aria-hidden="true">×</span></a
          >
        </li>
      </ul>`,
  )}`
}

/** @param csrf undefined for a reader who may only look */
function recipientsHtml(recipients: readonly RecipientState[], csrf: string | undefined): Html {
  if (recipients.length === 0) return html`<p class="tally none">This environment has no recipients.</p>`
  return html`<section id="recipients" aria-labelledby="recipients-heading">
    <h2 id="recipients-heading">Recipients <span class="count">${recipients.length}</span></h2>
    <ul class="rows" id="recipient-rows">
      ${recipients.map((recipient) => recipientHtml(recipient, csrf))}
    </ul>
  </section>`
}

const openStates = ['planned', 'waiting', 'sending', 'sent', 'refused', 'unanswered', 'uncertain'] as const

function recipientHtml(recipient: RecipientState, csrf: string | undefined): Html {
  const { name, title, address, schedule, reach, counts, paused, failing } = recipient
  const open = openStates.filter((state) => counts[state] !== undefined)
  const links = open.map(
    (state) =>
      html`<a href="/deposits?${new URLSearchParams({ recipient: name, state }).toString()}"
        >${counts[state]} ${depositStateText[state]}</a
      >`,
  )
  return html`<li class="row" id="recipient-${name}">
    ${icon(paused ? 'hidden' : failing ? 'failed' : 'done')}
    <div class="what">
      <h3><a href="/deposits?${new URLSearchParams({ recipient: name }).toString()}">${title}</a></h3>
      <p class="identity"><span>${address}</span> <span>${schedule}</span> <span>${reach}</span></p>
    </div>
    <div class="now">
      <p>${links.length > 0 ? join(links, ', ') : html`<span class="note">Nothing is open.</span>`}</p>
      ${when(
        paused,
        ({ since, by, why }) => html`<p class="problem">Paused by ${by} since ${timeHtml(since)}: ${why}</p>`,
      )}
      ${when(
        failing,
        ({ since, answer }) =>
          html`<p class="problem">Cannot be reached since ${timeHtml(since, 'age')}: ${answer}</p>`,
      )}
    </div>
    <div class="actions">${when(csrf, (token) => pauseHtml(recipient, token))}</div>
  </li> `
}

function pauseHtml({ name, title, paused }: RecipientState, csrf: string): Html {
  return paused
    ? html`<form method="post" action="/deposits/resume">
        <input type="hidden" name="_csrf" value="${csrf}" /><input type="hidden" name="recipient" value="${name}" />
        <button>Resume ${title}</button>
      </form>`
    : html`<details id="pause-${name}">
        <summary>Pause</summary>
        <form method="post" action="/deposits/pause">
          <input type="hidden" name="_csrf" value="${csrf}" /><input type="hidden" name="recipient" value="${name}" />
          <label for="why-${name}">Reason</label> <input id="why-${name}" name="why" required />
          <button>Pause ${title}</button>
        </form>
      </details>`
}

function filterHtml(filter: Readonly<Record<string, string>>): Html {
  return html`<form class="schedule" action="/deposits" id="deposit-filter">
    <label for="filter-article">Article</label>
    <input id="filter-article" name="article" size="8" value="${filter['article'] ?? ''}" />
    <label for="filter-state">State</label>
    <select id="filter-state" name="state">
      <option value="">not delivered</option>
      ${Object.entries(depositStateText).map(
        ([state, text]) =>
          html`<option value="${state}" ${filter['state'] === state ? html`selected` : nothing}>${text}</option>`,
      )}
    </select>
    ${when(filter['recipient'], (name) => html`<input type="hidden" name="recipient" value="${name}" />`)}
    <button>Show</button>
  </form>`
}

function listHtml(
  { deposits, more }: Deposits,
  {
    recipients,
    filter,
    attention,
  }: {
    readonly recipients: readonly RecipientState[]
    readonly filter: Readonly<Record<string, string>>
    readonly attention: Attention | undefined
  },
  csrf: string | undefined,
): Html {
  const titles = new Map(recipients.map(({ name, title }) => [name, title]))
  const open = filter['state'] === undefined
  const heading = !open ? 'Deposits' : attention ? `Not delivered, ${attentionText[attention]}` : 'Not delivered'
  const about = filter['recipient'] === undefined ? '' : `: ${titles.get(filter['recipient']) ?? filter['recipient']}`
  if (deposits.length === 0)
    return html`<p id="deposits-none" class="tally none">
      ${open && !attention ? 'Everything is delivered.' : 'No deposits match.'}
    </p>`
  return html`<section id="deposits" aria-labelledby="deposits-heading">
    <h2 id="deposits-heading">
      ${heading}${about}
      <span class="count"
        >${plural(deposits.length, 'deposit')}${more ? (open ? ', and more' : ', the newest') : ''}</span
      >
    </h2>
    <ul class="rows" id="deposit-rows">
      ${deposits.map((deposit) => depositHtml(deposit, titles.get(deposit.recipient) ?? deposit.recipient, csrf !== undefined))}
    </ul>
    ${when(csrf, batchHtml)}
  </section>`
}

/** The form that acts on all that are selected. */
function batchHtml(csrf: string): Html {
  return html`<form id="batch" class="batch" method="post" action="/deposits/act">
    <input type="hidden" name="_csrf" value="${csrf}" />
    <label><input type="checkbox" id="select-all" /> Select all</label>
    <button name="act" value="again">Send again</button>
    <label for="batch-why">Reason</label> <input id="batch-why" name="why" placeholder="needed for these three" />
    <button name="act" value="done">Mark as done</button>
    <button name="act" value="refused">Mark as refused</button>
    <button name="act" value="cancel">Cancel</button>
  </form>`
}

function depositHtml(deposit: Deposit, recipient: string, selectable: boolean): Html {
  const { id, articleId, version, part, state } = deposit
  return html`<li class="row ${deposit.needsPerson ? 'error' : ''}" id="deposit-${id}">
    ${icon(depositIcon[state])}
    <div class="what">
      <h3><a href="/deposits/${id}">${recipient}${part === 'article' ? '' : `, ${part}`}</a></h3>
      <p class="identity">
        <a class="number" href="${articlePath(articleId, version)}">${articleId}</a> <span>version ${version}</span>
      </p>
    </div>
    <div class="now">${stateHtml(deposit)}</div>
    <div class="actions">
      ${when(
        selectable,
        () =>
          html`<label class="select"
            ><input type="checkbox" name="article" form="batch" value="${id}" />
            <span class="quiet-voice">Select ${recipient} ${articleId} version ${version}</span></label
          >`,
      )}
    </div>
  </li> `
}
