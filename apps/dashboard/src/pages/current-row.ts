import type { Summary } from '../derive/summary.ts'
import { articlePath } from './addresses.ts'
import { adviceHtml } from './advice.ts'
import { given, html, nothing, plural, type Html } from './html.ts'
import { icon, type IconName } from './icons.ts'
import { titleHtml } from './jats-title.ts'
import { rowActions, rowKey } from './row-actions.ts'
import { attemptHtml, standingIcon, standingText, stepStateText } from './step-words.ts'
import { timeHtml, unixTimeHtml } from './time.ts'

const longestError = 400

/** A row of the lists: which run of which article it is, what is going on, what can be done. */
export function currentRowHtml(summary: Summary): Html {
  const { section, standing } = summary
  const sign: IconName = section === 'scheduled' ? 'scheduled' : standingIcon[standing ?? 'in progress']
  return html`<li id="article-${rowKey(summary)}" class="row ${section ?? ''}">
    ${icon(sign)}
    <div class="what">${titleLine(summary)}${identityLine(summary)}</div>
    <div class="now">${nowHtml(summary)}</div>
    <div class="actions">${rowActions(summary)}</div>
    ${given(summary.failure, (failure) => failureHtml(failure))}
  </li> `
}

export function titleLine({ id, version, run, title, file }: Summary): Html {
  const path = run ? articlePath(id, version, run.id) : articlePath(id)
  const unknown = html`<span class="unknown">${file ?? 'Title not known yet'}</span>`
  const text = title === undefined ? unknown : titleHtml(title)
  return html`<h3><a href="${path}">${text}</a></h3>`
}

export function identityLine(summary: Summary): Html {
  const { id, version, run, newer, file, title, status, articleType, correspondingAuthors, published } = summary
  const delivered = version === 0 && title !== undefined ? file : undefined
  return html`<p class="identity">
    <b class="number">${id}</b> <span>${version > 0 ? `version ${version}` : 'version not known yet'}</span>${given(
      run && version > 0 && (run.number > 1 || newer) ? run : undefined,
      ({ number }) => html` <span>run ${number}</span>`,
    )}${given(delivered, (name) => html` <span>${name}</span>`)}${given(version > 0 && status, (kind) => html` <span class="kind">${kind}</span>`)}${given(
      articleType,
      (type) => html` <span>${type}</span>`,
    )}${given(
      published && published.version !== version ? published : undefined,
      (earlier) => html` <span>version ${earlier.version} is published</span>`,
    )}${given(correspondingAuthors, (authors) => html` <span class="authors">${authors}</span>`)}
  </p>`
}

function nowHtml(summary: Summary): Html {
  const { section, standing, steps, failure, since, requestedBy, rerunBy, newer, due } = summary
  if (section === 'error') {
    return html`<p>
        <b>${failure?.step ?? 'A step'} failed</b
        >${given(failure && failure.attempt > 1 ? failure : undefined, ({ attempt }) => html` at attempt ${attempt}`)}
      </p>
      <p class="since">${timeHtml(failure?.at ?? since, 'age')}</p>
      ${given(rerunBy, (by) => html`<p><b>To be run again</b>, ${by} asked; the bot has not taken it up yet</p>`)}`
  }
  if (section === 'waiting') {
    const message = steps.at(-1)?.message ?? ''
    return html`<p>${message === '' ? 'Waits until the run before it has ended' : message}</p>
      <p class="since">${timeHtml(since, 'age')}</p>`
  }
  if (section === 'scheduled' && due !== undefined) return scheduledHtml(due, summary)
  if (standing === 'ready') {
    return html`<p><b>Ready to publish</b>${findingsNote(summary)}</p>
      <p class="since">${timeHtml(since, 'age')}</p>
      ${given(newer, ({ number, step }) => html`<p>Run ${number}, which is newer, failed at ${step}: this one can still be published</p>`)}`
  }
  if (standing === 'requested') {
    return html`<p><b>Publication asked for</b> by ${requestedBy}; the bot has not taken it up yet</p>
      <p class="since">${timeHtml(since, 'age')}</p>`
  }
  return html`${given(standing === 'publishing', () => html`<p><b>Being published</b></p>`)}
    <ul class="steps">
      ${steps.map(
        (step) => html`<li><b>${step.type}</b> ${stepStateText(step)} ${attemptHtml(step)}${reasonHtml(step)}</li>`,
      )}
    </ul>
    ${given(since, (at) => html`<p class="since">began ${timeHtml(at, 'age')}</p>`)}`
}

function scheduledHtml(due: number, { overdue, standing }: Summary): Html {
  return html`<p><b>Due ${unixTimeHtml(due)}</b>${given(standing, (one) => html`, ${standingText[one]}`)}</p>
    ${given(overdue, (problem) => html`<p class="problem"><b>Overdue:</b> ${problem}</p>`)}`
}

/** Why a step waits, or why it did not succeed the last time. */
function reasonHtml(step: Summary['steps'][number]): Html {
  if (step.state === 'busy') return html`<span class="clipped">${clipped(step.message)}</span>`
  const failure = step.failures.at(-1)
  return step.state === 'retrying' && failure
    ? html`<span class="problem clipped">${clipped(failure.message)}</span>`
    : nothing
}

function findingsNote({ findings }: Summary): Html {
  return given(findings > 0 && findings, (count) => html` <span class="note">${plural(count, 'finding')}</span>`)
}

function failureHtml(failure: NonNullable<Summary['failure']>): Html {
  return html`<div class="failure">
    <p class="problem">${clipped(failure.message) || 'The step gave no reason.'}</p>
    ${adviceHtml(failure.step)}
  </div>`
}

function clipped(text: string): string {
  return text.length > longestError ? `${text.slice(0, longestError).trimEnd()}…` : text
}
