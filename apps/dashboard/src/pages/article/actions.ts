import { isPublished, propertiesOf, textOf } from '../../derive/history/article.ts'
import { isoOf } from '../../derive/history/instant.ts'
import { judgePublication, type Verdict } from '../../derive/rules/publishable.ts'
import { judgeRerun, pendingRerun } from '../../derive/rules/rerunnable.ts'
import { dismissalOf, isDismissible, runStateOf } from '../../derive/rules/run-state.ts'
import { judgeScheduling } from '../../derive/rules/schedulable.ts'
import type { ArticleRequest } from '../../derive/history/model.ts'
import { publicVersions } from '../../derive/rules/replacement.ts'
import { changesPath, runRefText, previewPath, sitePath, type RunRef } from '../elements/addresses.ts'
import type { ShownRun } from './shown-run.ts'
import { html, nothing, when, type Html } from '@continuum/service'
import { icon } from '../elements/icons.ts'
import { may, type Frame } from '../frame/layout.ts'
import { scheduleForm, scheduleNote } from '../schedule/schedule-form.ts'
import { runStateIcon, runStateText } from '../elements/labels.ts'
import { timeHtml } from '../elements/time.ts'

const modeText: Record<string, string> = {
  held: 'held for approval',
  automatic: 'automatic publication',
}

/** Renders the state of the run and the actions on it, or the reason why it cannot be published. */
export function articleActions(
  { known, version, run }: ShownRun,
  frame: Frame,
  { siteUrl, zone }: { siteUrl: string; zone: string },
): Html {
  const { article, requests, schedule } = known
  const newest = article.versions.findLast(({ number }) => number > 0) === version && version.runs.at(-1) === run
  const state = runStateOf(run, requests)
  const verdict = judgePublication(article, requests, { version: version.number, run: run.id })
  const properties = propertiesOf(article, version, run)
  const mode = textOf(properties, 'publication-mode')
  const published = version.runs.some(isPublished)
  const republishable = state === 'failed' && !verdict.allowed && verdict.forcible
  const ref = { id: article.id, version: version.number, run: run.id }
  const csrf = frame.csrf ?? ''
  const rerunnable = judgeRerun(article, requests, run.id).allowed
  const rerun = pendingRerun(article, requests, run)
  const dismissal = dismissalOf(run, requests)
  const [edits, publishes] = [may(frame, 'editor'), may(frame, 'publisher')]
  const movable = schedule?.fired === false && newest && state !== 'published'
  const schedulable = (state === 'ready' || newest) && judgeScheduling(run, requests).allowed
  return html`<section id="actions" class="panel" aria-label="Actions">
    <p class="run-state ${state.replace(' ', '-')}">
      ${icon(runStateIcon[state])} <b>${runStateText[state]}</b>${when(
        mode,
        (name) => html` <span class="note">${modeText[name] ?? name}</span>`,
      )}
    </p>
    <div class="actions">
      ${when(
        published,
        () => html`<a class="button" href="${sitePath(siteUrl, article.id, version.number)}">Published page</a>`,
      )}${when(
        version.number > 0 && textOf(properties, 'path'),
        () =>
          html`<a
            class="button"
            id="preview"
            href="${previewPath(article.id, version.number)}"
            target="_blank"
            rel="noopener"
            >Preview</a
          >`,
      )}${when(
        version.number > 0 && publicVersions(article).length > 0,
        () => html`<a class="button" href="${changesPath(ref)}">What changes</a>`,
      )}${when(verdict.allowed && publishes, () => publishButton(ref, html`<button class="strong">Publish</button>`))}${when(
        republishable && publishes,
        () => publishButton(ref, html`<input type="hidden" name="force" value="true" /><button>Publish again</button>`),
      )}${when(edits && dismissal, () =>
        postButton(
          '/set-aside',
          ref,
          csrf,
          html`<input type="hidden" name="back" value="true" /><button>Restore</button>`,
        ),
      )}
    </div>
    ${when(rerunnable && edits, () =>
      reasonForm('/run-again', ref, csrf, { id: 'run-again', text: 'Run again', required: false }),
    )}
    ${when(isDismissible(state) && edits, () =>
      reasonForm('/set-aside', ref, csrf, { id: 'dismiss', text: 'Dismiss', required: true }),
    )}
    ${whyNotHtml(dismissal, verdict)}
    ${when(rerun, ({ by }) => html`<p class="why-not">Rerun requested by ${by}; not started yet.</p>`)}
    ${when(
      publishes && (schedulable || movable),
      () =>
        html`${scheduleNote(schedule, zone)}
        ${scheduleForm({ id: article.id, schedule, csrf, zone, ...(state === 'ready' && { ready: ref }) })}`,
    )}
  </section>`
}

function whyNotHtml(dismissal: ArticleRequest | undefined, verdict: Verdict): Html {
  if (dismissal) {
    return html`<p class="why-not">
      Dismissed by ${dismissal.by}
      ${timeHtml(isoOf(dismissal.at), 'age')}${when(dismissal.why, (why) => html`: ${why}`)}. It is in the archive.
    </p>`
  }
  return verdict.allowed ? nothing : html`<p class="why-not">${verdict.reason}</p>`
}

/** An action that asks why. */
function reasonForm(
  action: string,
  ref: RunRef,
  csrf: string,
  { id, text, required }: { id: string; text: string; required: boolean },
): Html {
  return html`<details id="${id}">
    <summary>${text}</summary>
    ${postButton(
      action,
      ref,
      csrf,
      html`<label for="${id}-why">Reason${required ? '' : ' (optional)'}</label>
        <input id="${id}-why" name="why" maxlength="1000" ${required ? html`required pattern=".*\\S.*"` : nothing} />
        <button>${text}</button>`,
    )}
  </details>`
}

/** A button that acts at once. */
function postButton(action: string, ref: RunRef, csrf: string, button: Html): Html {
  return html`<form method="post" action="${action}">
    <input type="hidden" name="_csrf" value="${csrf}" />
    <input type="hidden" name="article" value="${runRefText(ref)}" />${button}
  </form>`
}

/** A button that leads to the confirmation page. */
function publishButton(ref: RunRef, button: Html): Html {
  return html`<form action="/publish"><input type="hidden" name="article" value="${runRefText(ref)}" />${button}</form>`
}
