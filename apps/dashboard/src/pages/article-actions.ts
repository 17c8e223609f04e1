import { judgePublication } from '../derive/publishable.ts'
import { standingOf } from '../derive/standing.ts'
import { propertiesOf, textOf } from '../derive/article.ts'
import type { Standing } from '../derive/words.ts'
import { articlePath, publishPath, sitePath } from './addresses.ts'
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
            href="${articlePath(article.id, version.number)}/preview"
            target="_blank"
            rel="noopener"
            >Preview</a
          >`,
      )}${given(verdict.allowed, () => html`<a class="button strong" id="publish" href="${publishPath(choice)}">Publish</a>`)}${given(
        !verdict.allowed && verdict.forcible && isWorthForcing(standing),
        () => html`<a class="button" id="publish-again" href="${publishPath(choice, true)}">Publish again</a>`,
      )}
    </div>
    ${verdict.allowed ? nothing : html`<p class="why-not">${verdict.reason}</p>`}
    ${given(newest && standing !== 'published', () => scheduleForm({ id: article.id, schedule, csrf: frame.csrf ?? '' }))}
  </section>`
}

/** Asking again for what is under way helps nobody. */
function isWorthForcing(standing: Standing): boolean {
  return standing === 'failed' || standing === 'published'
}
