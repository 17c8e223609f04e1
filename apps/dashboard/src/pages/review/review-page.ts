import { html, join, nothing, when, type Html } from '@continuum/service'
import { dayText, type LocalTime } from '../../derive/rules/local-time.ts'
import { articlePath, changesPath, previewPath, runRefText } from '../elements/addresses.ts'
import { icon } from '../elements/icons.ts'
import { titleHtml } from '../elements/jats-title.ts'
import { runStateText } from '../elements/labels.ts'
import { localTimeField, type TypedTime } from '../elements/local-times.ts'
import { plural } from '../elements/plural.ts'
import { timeHtml } from '../elements/time.ts'
import type { Frame, Page } from '../frame/layout.ts'
import type { Reviewed, ReviewedFiles } from './reviewed.ts'

/** The form of a review as it was filled in, with its problem. */
export interface ReviewForm {
  readonly force: boolean
  readonly when: 'now' | 'later'
  readonly why: string
  readonly typed?: TypedTime | undefined
  readonly refused?: LocalTime | undefined
  /** The reason why some could not be scheduled. */
  readonly problem?: string
}

/** Builds the review: of each selected run all that should be known before it is public, and when to publish. */
export function reviewPage(reviewed: readonly Reviewed[], form: ReviewForm, frame: Frame): Page {
  const allowed = reviewed.filter(({ verdict }) => verdict.allowed)
  const heading = allowed.length === 0 ? 'Nothing to publish' : `Publish ${plural(allowed.length, 'article')}?`
  return {
    title: heading,
    main: html`<section class="confirm review">
      <h1>${heading}</h1>
      ${when(form.problem, (text) => html`<p class="problem" role="alert">${text}</p>`)}
      ${when(
        form.force && allowed.length > 0,
        () => html`<p>Publication was requested before. This run replaces any content that is already published.</p>`,
      )}
      <ul class="reviewed">
        ${reviewed.map(reviewedHtml)}
      </ul>
      ${when(allowed.length > 0, () => formHtml(allowed, form, frame))}
      ${when(allowed.length === 0, () => html`<p class="actions"><a class="button" href="/current">Back</a></p>`)}
    </section>`,
  }
}

function formHtml(allowed: readonly Reviewed[], form: ReviewForm, frame: Frame): Html {
  const zones = [...new Set(allowed.map(({ zone }) => zone))]
  const chosen = (value: string) => (form.when === value ? html`checked` : nothing)
  return html`<form method="post" action="/publish" class="publishing">
    <input type="hidden" name="_csrf" value="${frame.csrf ?? ''}" />
    ${when(form.force, () => html`<input type="hidden" name="force" value="true" />`)}
    ${allowed.map(({ ref }) => html`<input type="hidden" name="article" value="${runRefText(ref)}" />`)}
    <fieldset>
      <legend>When</legend>
      <p>
        <label><input type="radio" id="when-now" name="when" value="now" ${chosen('now')} /> Now</label>
        <span class="quiet">It can be taken back for ten seconds.</span>
      </p>
      ${when(
        !form.force,
        () =>
          html`<p class="later">
            <label><input type="radio" id="when-later" name="when" value="later" ${chosen('later')} /> At a time</label>
            ${localTimeField('review', zones.join(', '), form)}
          </p>`,
      )}
      ${when(
        !form.force && zones.length > 1,
        () => html`<p class="quiet">Each article is published at that time in its own journal’s time zone.</p>`,
      )}
    </fieldset>
    <p class="reason">
      <label for="why">Reason, for the activity log (optional)</label>
      <input id="why" name="why" maxlength="1000" value="${form.why}" />
    </p>
    <p class="actions">
      <a class="button" href="/current">Cancel</a>
      <button class="strong" id="confirm">
        Publish${allowed.length > 1 ? ` ${plural(allowed.length, 'article')}` : ''}
      </button>
    </p>
  </form>`
}

function reviewedHtml({ ref, title, verdict, facts }: Reviewed): Html {
  const { id, version, run } = ref
  return html`<li class="panel-sheet ${verdict.allowed ? '' : 'refused'}" id="review-${id}-${version}">
    <div class="reviewed-head">
      ${icon(verdict.allowed ? 'ready' : 'failed')}
      <div class="what">
        <h2><a href="${articlePath(id, version, run)}">${title === undefined ? id : titleHtml(title)}</a></h2>
        <p class="identity">
          <b class="number">${id}</b> <span>version ${version}</span>${when(
            facts?.status,
            (status) => html` <span class="kind">${statusText(status)}</span>`,
          )}${when(facts?.type, (type) => html` <span>${type}</span>`)}
        </p>
      </div>
      <div class="actions">
        <a class="button" href="${previewPath(id, version)}" target="_blank" rel="noopener"
          >Preview<span class="quiet-voice"> ${id}, in a new tab</span></a
        ><a class="button" href="${changesPath(ref)}">What changes<span class="quiet-voice"> ${id}</span></a>
      </div>
    </div>
    ${verdict.allowed ? nothing : html`<p class="problem"><b>Will not be published.</b> ${verdict.reason}</p>`}
    ${when(facts, factsHtml)}
  </li> `
}

function factsHtml(facts: NonNullable<Reviewed['facts']>): Html {
  const { replaces, date, findings, losses, files, looks, newer } = facts
  return html`<dl class="facts">
    <dt>What it replaces</dt>
    <dd>${replaces}</dd>
    <dt>Date</dt>
    <dd>${date.replace(/\d{4}-\d\d-\d\d/, (day) => dayText(Temporal.PlainDate.from(day)))}</dd>
    <dt>Findings</dt>
    <dd>
      ${findings.length === 0 && !losses ? 'none' : nothing}
      ${when(
        findings.length > 0,
        () =>
          html`<ul class="bullets">
            ${findings.map((finding) => html`<li>${finding}</li>`)}
          </ul>`,
      )}
      ${when(losses, (summary) => html`<p>Not on its page: ${summary}</p>`)}
    </dd>
    <dt>PDF and figures</dt>
    <dd>${filesHtml(files)}</dd>
    <dt>Preview</dt>
    <dd>
      ${
        looks.length === 0
          ? html`<span class="wait">Nobody has looked at the preview of this run.</span>`
          : html`Looked at by
            ${join(
              looks.map(({ account, at }) => html`${account} ${timeHtml(at, 'age')}`),
              ', ',
            )}`
      }
    </dd>
    <dt>Newer deliveries</dt>
    <dd>
      ${
        newer.length === 0
          ? 'none'
          : html`<ul class="bullets">
              ${newer.map(
                ({ version, number, state, file }) =>
                  html`<li class="wait">
                    ${version > 0 ? `Version ${version}, run ${number}` : 'A delivery whose version is not known yet'}:
                    ${runStateText[state]}${when(file, (name) => html` <code>${name}</code>`)}
                  </li>`,
              )}
            </ul>`
      }
    </dd>
  </dl>`
}

function filesHtml(files: ReviewedFiles): Html {
  if (typeof files === 'string') return html`<span class="wait">${files}</span>`
  const { pdf, figures, unreadable } = files
  return html`${pdf ? 'PDF' : html`<span class="wait">no PDF</span>`},
  ${figures === 0 ? 'no figures' : plural(figures, 'figure')}${when(
    unreadable > 0,
    () => html`, <span class="wait">of which ${unreadable} not readable</span>`,
  )}`
}

const statuses: Readonly<Record<string, string>> = {
  poa: 'PoA: published on acceptance',
  vor: 'VoR: version of record',
}

function statusText(status: string): string {
  return statuses[status.toLowerCase()] ?? status
}
