import { judgePublication } from '../derive/publishable.ts'
import { standingOf } from '../derive/standing.ts'
import { propertiesOf, textOf } from '../derive/article.ts'
import { choiceText, previewPath, sitePath, type Choice } from './addresses.ts'
import type { Shown } from './article-page.ts'
import { given, html, nothing, type Html } from './html.ts'
import { icon } from './icons.ts'
import type { Frame } from './layout.ts'
import { scheduleForm } from './schedule-form.ts'
import { standingIcon, standingText } from './step-words.ts'

const modeText: Record<string, string> = {
  held: 'held for approval',
  automatic: 'published by rule',
}

/** Where the shown run stands, and what may be done with it: what may not says why. */
export function articleActions({ known, version, run }: Shown, frame: Frame, siteUrl: string): Html {
  const { article, requests, schedule } = known
  const newest = article.versions.findLast(({ number }) => number > 0) === version && version.runs.at(-1) === run
  const standing = standingOf(run, version, requests)
  const verdict = judgePublication(article, requests, { version: version.number, run: run.id })
  const properties = propertiesOf(article, version)
  const mode = textOf(properties, 'publication-mode')
  const published = textOf(version.properties, 'publication-status') === 'published'
  const republishable = standing === 'failed' && !verdict.allowed && verdict.forcible
  const choice = { id: article.id, version: version.number, run: run.id }
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
      )}
    </div>
    ${verdict.allowed ? nothing : html`<p class="why-not">${verdict.reason}</p>`}
    ${given(newest && standing !== 'published', () => scheduleForm({ id: article.id, schedule, csrf: frame.csrf ?? '' }))}
  </section>`
}

/** Leads to the question whether to publish. */
function publishButton(choice: Choice, button: Html): Html {
  return html`<form action="/publish">
    <input type="hidden" name="article" value="${choiceText(choice)}" />${button}
  </form>`
}
