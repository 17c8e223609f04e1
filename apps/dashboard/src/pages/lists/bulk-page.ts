import { html, nothing, when, type Html } from '@continuum/service'
import type { BulkAct } from '../../store/batches.ts'
import { articlePath, runRefText, type RunRef } from '../elements/addresses.ts'
import { icon } from '../elements/icons.ts'
import { titleHtml } from '../elements/jats-title.ts'
import { plural } from '../elements/plural.ts'
import type { Frame, Page } from '../frame/layout.ts'
import type { LocalTime } from '../../derive/rules/local-time.ts'
import { localTimeField, type TypedTime } from '../elements/local-times.ts'

/** A selected run. */
export interface Chosen {
  readonly ref: RunRef
  readonly title: string | undefined
  /** The reason why it cannot be done; empty where it can. */
  readonly refusal: string
}

/** The content of the page that asks before something is done. */
export interface BulkView {
  readonly act: BulkAct
  readonly chosen: readonly Chosen[]
  /** More matched than can be done at once. */
  readonly cut: boolean
  readonly back: string
  /** The accounts that an article may be assigned to. */
  readonly assignable: readonly string[]
  /** The problem of what was given, and what that was. */
  readonly problem?: string
  readonly given?: { readonly why: string; readonly typed: TypedTime }
  /** The time zone in which a time is given, and what is wrong with the one that was. */
  readonly zone: string
  readonly refused?: LocalTime | undefined
}

const verbs: Record<BulkAct, string> = {
  dismiss: 'Dismiss',
  restore: 'Restore',
  rerun: 'Run again',
  schedule: 'Schedule',
  assign: 'Assign',
}

/** Builds the page that asks before something is done to several articles: which ones, why, and with what. */
export function bulkPage(view: BulkView, frame: Frame): Page {
  const { act, chosen, cut, back, problem } = view
  const allowed = chosen.filter(({ refusal }) => refusal === '')
  const heading =
    allowed.length === 0
      ? `Nothing to ${verbs[act].toLowerCase()}`
      : `${verbs[act]} ${plural(allowed.length, 'article')}?`
  return {
    title: heading,
    main: html`<section class="confirm">
      <h1>${heading}</h1>
      ${when(cut, () => html`<p class="problem">More articles match than can be done at once. These are the first ${chosen.length}.</p>`)}
      ${when(problem, (text) => html`<p class="problem" role="alert">${text}</p>`)}
      <form method="post" action="/bulk/${act}" class="confirm-form">
        <input type="hidden" name="_csrf" value="${frame.csrf ?? ''}" />
        <input type="hidden" name="confirmed" value="true" />
        <input type="hidden" name="back" value="${back}" />
        ${allowed.map(({ ref }) => html`<input type="hidden" name="article" value="${runRefText(ref)}" />`)}
        ${when(allowed.length > 0, () => fieldsHtml(view))}
        <p class="actions">
          ${when(allowed.length > 0, () => html`<button class="strong" id="confirm">${verbs[act]}</button>`)}
          <a class="button" href="${back}">${allowed.length > 0 ? 'Cancel' : 'Back'}</a>
        </p>
      </form>
      <ul class="rows">
        ${chosen.map(chosenHtml)}
      </ul>
    </section>`,
  }
}

function fieldsHtml({ act, assignable, given, zone, refused }: BulkView): Html {
  const required = act === 'dismiss'
  const why = html`<p class="reason">
    <label for="why">Reason, for the activity log${required ? '' : ' (optional)'}</label>
    <input
      id="why"
      name="why"
      maxlength="1000"
      value="${given?.why ?? ''}"
      ${required ? html`required pattern=".*\\S.*"` : nothing}
    />
  </p>`
  if (act === 'assign') {
    return html`<p class="reason">
      <label for="assignee">To</label>
      <select id="assignee" name="assignee">
        ${assignable.map((name) => html`<option>${name}</option>`)}
        <option value="">nobody</option>
      </select>
    </p>`
  }
  return act === 'schedule'
    ? html`<div class="reason">${localTimeField('bulk', zone, { typed: given?.typed, refused })}</div>
        ${why}`
    : why
}

function chosenHtml({ ref: { id, version, run }, title, refusal }: Chosen): Html {
  return html`<li class="row ${refusal === '' ? '' : 'error'}">
    ${icon(refusal === '' ? 'ready' : 'failed')}
    <div class="what">
      <h2><a href="${articlePath(id, version, run)}">${title === undefined ? id : titleHtml(title)}</a></h2>
      <p class="identity">
        <b class="number">${id}</b> <span>${version > 0 ? `version ${version}` : 'version not known yet'}</span>
      </p>
    </div>
    <div class="now">${when(refusal, (text) => html`<p class="problem"><b>Not possible.</b> ${text}</p>`)}</div>
  </li> `
}
