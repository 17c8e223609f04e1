import { isPublished, propertiesOf, textOf } from '../../derive/history/article.ts'
import { judgePublication, type Verdict } from '../../derive/rules/publishable.ts'
import { judgeRerun, pendingRerun } from '../../derive/rules/rerunnable.ts'
import { dismissalOf, runStateOf } from '../../derive/rules/run-state.ts'
import type { ArticleRequest } from '../../derive/history/model.ts'
import { isDismissible } from '../../publish/dismiss-run.ts'
import { runRefText, previewPath, sitePath, type RunRef } from '../elements/addresses.ts'
import type { ShownRun } from './shown-run.ts'
import { when, html, nothing, type Html } from '../elements/html.ts'
import { icon } from '../elements/icons.ts'
import type { Frame } from '../frame/layout.ts'
import { isoOf } from './activity-log.ts'
import { scheduleForm } from '../schedule/schedule-form.ts'
import { runStateIcon, runStateText } from '../elements/labels.ts'
import { timeHtml } from '../elements/time.ts'

const modeText: Record<string, string> = {
  held: 'held for approval',
  automatic: 'published by rule',
}

/** Where the shown run stands, and what may be done with it: what may not says why. */
export function articleActions({ known, version, run }: ShownRun, frame: Frame, siteUrl: string): Html {
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
  const aside = dismissalOf(run, requests)
  const schedulable = state === 'ready' || (newest && state !== 'published')
  return html`<section id="actions" class="panel" aria-label="What can be done">
    <p class="state ${state.replace(' ', '-')}">
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
      )}${when(verdict.allowed, () => publishButton(ref, html`<button class="strong">Publish</button>`))}${when(
        republishable,
        () =>
          publishButton(ref, html`<input type="hidden" name="force" value="true" /><button>Publish again</button>`),
      )}${when(rerunnable, () => postButton('/run-again', ref, csrf, html`<button>Run again</button>`))}${when(
        isDismissible(state),
        () => postButton('/set-aside', ref, csrf, html`<button>Set aside</button>`),
      )}${when(aside, () =>
        postButton(
          '/set-aside',
          ref,
          csrf,
          html`<input type="hidden" name="back" value="true" /><button>Take back</button>`,
        ),
      )}
    </div>
    ${whyNotHtml(aside, verdict)}
    ${when(
      rerun,
      ({ by }) => html`<p class="why-not">${by} had its package run again; the bot has not taken that up yet.</p>`,
    )}
    ${when(schedulable, () =>
      scheduleForm({ id: article.id, schedule, csrf, ...(state === 'ready' && { ready: ref }) }),
    )}
  </section>`
}

function whyNotHtml(aside: ArticleRequest | undefined, verdict: Verdict): Html {
  if (aside) {
    return html`<p class="why-not">
      ${aside.by} set it aside ${timeHtml(isoOf(aside.at), 'age')}: it is off the lists.
    </p>`
  }
  return verdict.allowed ? nothing : html`<p class="why-not">${verdict.reason}</p>`
}

/** Does it at once. */
function postButton(action: string, ref: RunRef, csrf: string, button: Html): Html {
  return html`<form method="post" action="${action}">
    <input type="hidden" name="_csrf" value="${csrf}" />
    <input type="hidden" name="article" value="${runRefText(ref)}" />${button}
  </form>`
}

/** Leads to the question whether to publish. */
function publishButton(ref: RunRef, button: Html): Html {
  return html`<form action="/publish">
    <input type="hidden" name="article" value="${runRefText(ref)}" />${button}
  </form>`
}
