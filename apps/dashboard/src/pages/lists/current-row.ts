import type { Summary } from '../../derive/rows/summary.ts'
import type { Listed } from '../../store/lists.ts'
import { articlePath } from '../elements/addresses.ts'
import { adviceHtml, type Buttons } from '../elements/advice.ts'
import { html, nothing, when, type Html } from '@continuum/service'
import { plural } from '../elements/plural.ts'
import { icon, type IconName } from '../elements/icons.ts'
import { titleHtml } from '../elements/jats-title.ts'
import type { Frame } from '../frame/layout.ts'
import { rowActions, rowKey, rowSelect } from './row-actions.ts'
import { attemptHtml, runStateIcon, runStateText, stepStateText } from '../elements/labels.ts'
import { timeHtml, unixTimeHtml } from '../elements/time.ts'

const maxErrorLength = 400

/** Renders a row of the lists: the run and its article, its state, and the actions on it. */
export function currentRowHtml({ summary, assignee }: Listed, frame: Frame): Html {
  const { section, state } = summary
  const name: IconName = section === 'scheduled' ? 'scheduled' : runStateIcon[state ?? 'in progress']
  return html`<li id="article-${rowKey(summary)}" class="row ${section ?? ''}">
    <div class="mark">${rowSelect(summary, frame)}${icon(name)}</div>
    <div class="what">${titleLine(summary)}${identityLine(summary, assignee)}</div>
    <div class="now">${nowHtml(summary)}</div>
    <div class="actions">${rowActions(summary, frame)}</div>
    ${when(summary.failure, (failure) => failureHtml(failure, summary))}
  </li> `
}

/** Renders the title with a link to the run; the file name stands in for an unknown title. */
export function titleLine({ id, version, run, title, file }: Summary): Html {
  const path = run ? articlePath(id, version, run.id) : articlePath(id)
  const unknown = html`<span class="unknown">${file ?? 'Title not known yet'}</span>`
  const text = title === undefined ? unknown : titleHtml(title)
  return html`<h3><a href="${path}">${text}</a></h3>`
}

/** Renders the number, version, run, assignee and other details of the article. */
export function identityLine(summary: Summary, assignee: string | null = null): Html {
  const { id, version, run, newer, file, title, ofArticle, status, kind, correspondingAuthors, published, withdrawn } =
    summary
  const delivered = version === 0 && title !== undefined ? file : undefined
  return html`<p class="identity">
    <b class="number">${id}</b> <span>${version > 0 ? `version ${version}` : 'version not known yet'}</span>${when(
      run && version > 0 && (run.number > 1 || newer) ? run : undefined,
      ({ number }) => html` <span>run ${number}</span>`,
    )}${when(delivered, (name) => html` <span>${name}</span>`)}${when(ofArticle, (known) => html` <span>of “${titleHtml(known)}”</span>`)}${when(version > 0 && status, (text) => html` <span class="kind">${text}</span>`)}${when(
      kind,
      (text) => html` <span>${text}</span>`,
    )}${when(
      published && published.version !== version ? published : undefined,
      (earlier) => html` <span>version ${earlier.version} is published</span>`,
    )}${withdrawn === undefined ? nothing : html` <b class="problem" title="${withdrawn}">withdrawn from readers</b>`}${when(correspondingAuthors, (authors) => html` <span class="authors">${authors}</span>`)}${when(assignee, (name) => html` <span class="assignee">assigned to ${name}</span>`)}
  </p>`
}

function nowHtml(summary: Summary): Html {
  const { section, overdue, due, rerunOf } = summary
  return html`${stateHtml(summary)}${when(
    rerunOf,
    ({ number, by }) => html`<p class="since">Rerun of run ${number}, requested by ${by}</p>`,
  )}${when(section !== 'scheduled' && due, (at) => html`<p class="since">Publication due ${unixTimeHtml(at)}</p>`)}${when(
    overdue,
    (problem) => html`<p class="problem"><b>Overdue:</b> ${problem}</p>`,
  )}`
}

function stateHtml(summary: Summary): Html {
  const { section, state, steps, failure, since, requestedBy, rerunBy, newer, due } = summary
  if (section === 'error') {
    return html`<p>
        <b>${failure?.step ?? 'A step'} failed</b
        >${when(failure && failure.attempt > 1 ? failure : undefined, ({ attempt }) => html` on attempt ${attempt}`)}
      </p>
      <p class="since">${timeHtml(failure?.at ?? since, 'age')}</p>
      ${when(rerunBy, (by) => html`<p><b>Rerun requested</b> by ${by}; not started yet</p>`)}`
  }
  if (section === 'waiting') {
    const message = steps.at(-1)?.message ?? ''
    return html`<p>${message === '' ? 'Waiting for the previous run to end' : message}</p>
      <p class="since">${timeHtml(since, 'age')}</p>`
  }
  if (section === 'scheduled' && due !== undefined) return scheduledHtml(due, summary)
  if (state === 'ready') {
    return html`<p><b>Ready to publish</b>${findingsNote(summary)}</p>
      <p class="since">${timeHtml(since, 'age')}</p>
      ${when(newer, ({ number, step }) => html`<p>Run ${number}, which is newer, failed at ${step}. You can still publish this run.</p>`)}`
  }
  if (state === 'requested') {
    return html`<p><b>Publication requested</b> by ${requestedBy}; not started yet</p>
      <p class="since">${timeHtml(since, 'age')}</p>`
  }
  return html`${when(state === 'publishing', () => html`<p><b>Publishing</b></p>`)}${when(
      section === 'finishing',
      () => html`<p><b>Published</b>, not finished</p>`,
    )}
    <ul class="steps">
      ${steps.map(
        (step) => html`<li><b>${step.type}</b> ${stepStateText(step)} ${attemptHtml(step)}${reasonHtml(step)}</li>`,
      )}
    </ul>
    ${when(since, (at) => html`<p class="since">started ${timeHtml(at, 'age')}</p>`)}`
}

function scheduledHtml(due: number, { state }: Summary): Html {
  return html`<p><b>Due ${unixTimeHtml(due)}</b>${when(state, (one) => html`, ${runStateText[one]}`)}</p>`
}

/** The reason why a step is waiting, or why its last attempt failed. */
function reasonHtml(step: Summary['steps'][number]): Html {
  if (step.state === 'busy' || step.status === 'progress')
    return html`<span class="clipped">${clipped(step.message)}</span>`
  const failure = step.failures.at(-1)
  return step.state === 'retrying' && failure
    ? html`<span class="problem clipped">${clipped(failure.message)}</span>`
    : nothing
}

function findingsNote({ findings }: Summary): Html {
  return when(findings > 0 && findings, (count) => html` <span class="note">${plural(count, 'finding')}</span>`)
}

function failureHtml(failure: NonNullable<Summary['failure']>, buttons: Buttons): Html {
  return html`<div class="failure">
    <p class="problem">${clipped(failure.message) || 'No reason given.'}</p>
    ${adviceHtml(failure.step, buttons)}
  </div>`
}

function clipped(text: string): string {
  return text.length > maxErrorLength ? `${text.slice(0, maxErrorLength).trimEnd()}…` : text
}
