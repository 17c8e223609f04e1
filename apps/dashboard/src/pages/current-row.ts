import type { Summary } from '../derive/summary.ts'
import { articlePath, choiceText, previewPath } from './addresses.ts'
import { adviceHtml } from './advice.ts'
import { given, html, nothing, plural, type Html } from './html.ts'
import { icon, type IconName } from './icons.ts'
import { titleHtml } from './jats-title.ts'
import { attemptHtml, standingIcon, standingText, stepStateText } from './step-words.ts'
import { timeHtml, unixTimeHtml } from './time.ts'

const longestError = 400

/** A row of the current list: what the article is, what is going on, what can be done. */
export function currentRowHtml(summary: Summary): Html {
  const { id, section, standing } = summary
  const sign: IconName = section === 'scheduled' ? 'scheduled' : standingIcon[standing ?? 'in progress']
  return html`<li id="article-${id}" class="row ${section ?? ''}">
    ${icon(sign)}
    <div class="what">${titleLine(summary)}${identityLine(summary)}</div>
    <div class="now">${nowHtml(summary)}</div>
    <div class="actions">${actionsHtml(summary)}</div>
    ${given(summary.failure, (failure) => failureHtml(failure))}
  </li> `
}

export function titleLine({ id, version, run, title }: Summary): Html {
  const path = version > 0 && run ? articlePath(id, version, run.id) : articlePath(id)
  const text = title === undefined ? html`<span class="unknown">Title not known yet</span>` : titleHtml(title)
  return html`<h3><a href="${path}">${text}</a></h3>`
}

export function identityLine(summary: Summary): Html {
  const { id, version, run, status, articleType, correspondingAuthors, published } = summary
  return html`<p class="identity">
    <b class="number">${id}</b> <span>${version > 0 ? `version ${version}` : 'version not known yet'}</span>${given(
      run && run.number > 1 ? run : undefined,
      ({ number }) => html` <span>run ${number}</span>`,
    )}${given(status, (kind) => html` <span class="kind">${kind}</span>`)}${given(
      articleType,
      (type) => html` <span>${type}</span>`,
    )}${given(
      published && published.version !== version ? published : undefined,
      (earlier) => html` <span>version ${earlier.version} is published</span>`,
    )}${given(correspondingAuthors, (authors) => html` <span class="authors">${authors}</span>`)}
  </p>`
}

function nowHtml(summary: Summary): Html {
  const { section, standing, steps, failure, since, requestedBy, due } = summary
  if (section === 'error') {
    return html`<p>
        <b>${failure?.step ?? 'A step'} failed</b
        >${given(failure && failure.attempt > 1 ? failure : undefined, ({ attempt }) => html` at attempt ${attempt}`)}
      </p>
      <p class="since">${timeHtml(failure?.at ?? since, 'age')}</p>`
  }
  if (section === 'scheduled' && due !== undefined) return scheduledHtml(due, summary)
  if (standing === 'ready') {
    return html`<p><b>Ready to publish</b>${findingsNote(summary)}</p>
      <p class="since">${timeHtml(since, 'age')}</p>`
  }
  if (standing === 'requested') {
    return html`<p><b>Publication asked for</b> by ${requestedBy}; the bot has not taken it up yet</p>
      <p class="since">${timeHtml(since, 'age')}</p>`
  }
  return html`${given(standing === 'publishing', () => html`<p><b>Being published</b></p>`)}
    <ul class="steps">
      ${steps.map(
        (step) => html`<li><b>${step.type}</b> ${stepStateText(step)} ${attemptHtml(step)}${lastFailure(step)}</li>`,
      )}
    </ul>
    ${given(since, (at) => html`<p class="since">began ${timeHtml(at, 'age')}</p>`)}`
}

function scheduledHtml(due: number, { overdue, standing }: Summary): Html {
  return html`<p><b>Due ${unixTimeHtml(due)}</b>${given(standing, (one) => html`, ${standingText[one]}`)}</p>
    ${given(overdue, (problem) => html`<p class="problem"><b>Overdue:</b> ${problem}</p>`)}`
}

function lastFailure(step: Summary['steps'][number]): Html {
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

function actionsHtml(summary: Summary): Html {
  const { id, version, run, section, previewable, publishable, republishable } = summary
  const named = html`<span class="quiet-voice"> ${id}</span>`
  const preview = given(
    previewable && section !== 'in-progress',
    () =>
      html`<a class="button" id="preview-${id}" href="${previewPath(id, version)}" target="_blank" rel="noopener"
        >Preview${named}</a
      >`,
  )
  if (!run || !(publishable || republishable)) return preview
  const choice = choiceText({ id, version, run: run.id })
  if (republishable) {
    return html`${preview}<button form="republish" id="publish-${id}" name="article" value="${choice}">
        Publish again${named}
      </button>`
  }
  return html`${preview}<button class="strong" form="publish" id="publish-${id}" name="article" value="${choice}">
      Publish${named}
    </button>
    <label class="choose"
      ><input type="checkbox" id="choose-${id}" name="article" value="${choice}" form="batch" /><span
        class="quiet-voice"
        >Choose ${id}</span
      ></label
    >`
}

/** What the buttons of the rows submit: they lead to the question whether to publish. */
export function publishForms(): Html {
  return html`<form id="publish" action="/publish"></form>
    <form id="republish" action="/publish"><input type="hidden" name="force" value="true" /></form>`
}
