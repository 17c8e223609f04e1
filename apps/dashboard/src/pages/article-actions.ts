import { isPublished, propertiesOf, textOf } from '../derive/article.ts'
import { judgePublication, type Verdict } from '../derive/publishable.ts'
import { judgeRerun, pendingRerun } from '../derive/rerunnable.ts'
import { settingAside, standingOf } from '../derive/standing.ts'
import type { ArticleRequest } from '../derive/words.ts'
import { mayBeSetAside } from '../publish/set-aside.ts'
import { choiceText, previewPath, sitePath, type Choice } from './addresses.ts'
import type { Shown } from './article-page.ts'
import { given, html, nothing, type Html } from './html.ts'
import { icon } from './icons.ts'
import type { Frame } from './layout.ts'
import { isoOf } from './requests.ts'
import { scheduleForm } from './schedule-form.ts'
import { standingIcon, standingText } from './step-words.ts'
import { timeHtml } from './time.ts'

const modeText: Record<string, string> = {
  held: 'held for approval',
  automatic: 'published by rule',
}

/** Where the shown run stands, and what may be done with it: what may not says why. */
export function articleActions({ known, version, run }: Shown, frame: Frame, siteUrl: string): Html {
  const { article, requests, schedule } = known
  const newest = article.versions.findLast(({ number }) => number > 0) === version && version.runs.at(-1) === run
  const standing = standingOf(run, requests)
  const verdict = judgePublication(article, requests, { version: version.number, run: run.id })
  const properties = propertiesOf(article, version, run)
  const mode = textOf(properties, 'publication-mode')
  const published = version.runs.some(isPublished)
  const republishable = standing === 'failed' && !verdict.allowed && verdict.forcible
  const choice = { id: article.id, version: version.number, run: run.id }
  const csrf = frame.csrf ?? ''
  const rerunnable = judgeRerun(article, requests, run.id).allowed
  const rerun = pendingRerun(article, requests, run)
  const aside = settingAside(run, requests)
  const schedulable = standing === 'ready' || (newest && standing !== 'published')
  return html`<section id="actions" class="panel" aria-label="What can be done">
    <p class="standing ${standing.replace(' ', '-')}">
      ${icon(standingIcon[standing])} <b>${standingText[standing]}</b>${given(
        mode,
        (name) => html` <span class="note">${modeText[name] ?? name}</span>`,
      )}
    </p>
    <div class="actions">
      ${given(
        published,
        () => html`<a class="button" href="${sitePath(siteUrl, article.id, version.number)}">Published page</a>`,
      )}${given(
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
      )}${given(verdict.allowed, () => publishButton(choice, html`<button class="strong">Publish</button>`))}${given(
        republishable,
        () =>
          publishButton(choice, html`<input type="hidden" name="force" value="true" /><button>Publish again</button>`),
      )}${given(rerunnable, () => postButton('/run-again', choice, csrf, html`<button>Run again</button>`))}${given(
        mayBeSetAside(standing),
        () => postButton('/set-aside', choice, csrf, html`<button>Set aside</button>`),
      )}${given(aside, () =>
        postButton(
          '/set-aside',
          choice,
          csrf,
          html`<input type="hidden" name="back" value="true" /><button>Take back</button>`,
        ),
      )}
    </div>
    ${whyNotHtml(aside, verdict)}
    ${given(
      rerun,
      ({ by }) => html`<p class="why-not">${by} had its package run again; the bot has not taken that up yet.</p>`,
    )}
    ${given(schedulable, () =>
      scheduleForm({ id: article.id, schedule, csrf, ...(standing === 'ready' && { ready: choice }) }),
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
function postButton(action: string, choice: Choice, csrf: string, button: Html): Html {
  return html`<form method="post" action="${action}">
    <input type="hidden" name="_csrf" value="${csrf}" />
    <input type="hidden" name="article" value="${choiceText(choice)}" />${button}
  </form>`
}

/** Leads to the question whether to publish. */
function publishButton(choice: Choice, button: Html): Html {
  return html`<form action="/publish">
    <input type="hidden" name="article" value="${choiceText(choice)}" />${button}
  </form>`
}
