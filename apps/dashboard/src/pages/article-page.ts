import { propertiesOf, textOf } from '../derive/article.ts'
import { deliveryOf } from '../derive/delivery.ts'
import { findingsOf } from '../derive/summary.ts'
import type { Article, KnownRun, Run, Version } from '../derive/words.ts'
import type { KnownArticle } from '../store/articles.ts'
import { articleActions } from './article-actions.ts'
import { articlePath } from './addresses.ts'
import { adviceHtml } from './advice.ts'
import { given, html, nothing, type Html } from './html.ts'
import { titleHtml, titleText } from './jats-title.ts'
import type { Frame, Page } from './layout.ts'
import { requestsHtml } from './requests.ts'
import { timelineHtml } from './run-timeline.ts'
import { timeHtml } from './time.ts'

/** The run of an article that its page shows. */
export interface Shown {
  known: KnownArticle
  version: Version
  run: KnownRun
}

/** All about one run of an article, and the way to the others. */
export function articlePage(shown: Shown, frame: Frame, siteUrl: string): Page {
  const { known, version, run } = shown
  const { article } = known
  const properties = propertiesOf(article, version.number > 0 ? version : (article.versions.at(-1) ?? version), run)
  const title = textOf(properties, 'title') ?? ''
  const findings = findingsOf(textOf(properties, 'findings'))
  return {
    title: title === '' ? article.id : `${article.id} ${titleText(title)}`,
    live: { article: article.id },
    main: html`<article class="article" id="article" data-parts>
      <header id="article-head">
        <p class="identity">
          <b class="number">${article.id}</b> <span>${versionText(version)}</span> <span>run ${run.number}</span>${[
            'status',
            'article-type',
          ].map((name) =>
            given(textOf(properties, name), (text) => html` <span class="kind">${text}</span>`),
          )}${given(textOf(properties, 'doi'), (doi) => html` <a href="https://doi.org/${doi}">${doi}</a>`)}
        </p>
        <h1>${title === '' ? 'Title not known yet' : titleHtml(title)}</h1>
        ${given(textOf(properties, 'authors'), (authors) => html`<p class="authors">${authors}</p>`)}
      </header>
      ${articleActions(shown, frame, siteUrl)} ${given(run.failure, (failure) => failureHtml(failure))}
      <section id="run" aria-labelledby="run-heading">
        <h2 id="run-heading">What happened</h2>
        <p class="since">
          ${run.waiting ? 'Arrived' : 'Began'} ${timeHtml(run.began, 'age')}, last heard of
          ${timeHtml(run.latest, 'age')}${deliveryHtml(run)}
        </p>
        ${timelineHtml(run)}
      </section>
      ${given(findings.length > 0 && findings, findingsHtml)} ${requestsHtml(known)} ${historyHtml(article, run)}
      <p id="as-json"><a href="/api/article/${encodeURIComponent(article.id)}">All of this as JSON</a></p>
    </article>`,
  }
}

function failureHtml(failure: NonNullable<Run['failure']>): Html {
  return html`<section id="failure" class="failure" aria-labelledby="failure-heading">
    <h2 id="failure-heading">${failure.step} failed</h2>
    <p class="since">${timeHtml(failure.at, 'age')}, at attempt ${failure.attempt}</p>
    <p class="problem">${failure.message === '' ? 'The step gave no reason.' : failure.message}</p>
    ${adviceHtml(failure.step)}
  </section>`
}

function findingsHtml(findings: readonly string[]): Html {
  return html`<section id="findings" aria-labelledby="findings-heading">
    <h2 id="findings-heading">Findings of the check <span class="count">${findings.length}</span></h2>
    <ul>
      ${findings.map((finding) => html`<li>${finding}</li>`)}
    </ul>
  </section>`
}

function deliveryHtml(run: Run): Html {
  return given(
    deliveryOf(run),
    ({ bucket_name: bucket, file_name: file }) => html`, from <code>${file}</code> in <code>${bucket}</code>`,
  )
}

/** Every version and run there is, the one shown marked. */
function historyHtml(article: Article, shown: Run): Html {
  const versions = article.versions.filter(({ runs }) => runs.length > 0).toReversed()
  return html`<nav id="history" aria-labelledby="history-heading">
    <h2 id="history-heading">Versions and runs</h2>
    <ul>
      ${versions.map(
        (version) =>
          html`<li>
            ${versionText(version)}
            <ol>
              ${version.runs.toReversed().map(
                (run) =>
                  html`<li>
                    <a
                      href="${articlePath(article.id, version.number, run.id)}"
                      ${run.id === shown.id ? html` aria-current="page"` : nothing}
                      >Run ${run.number}</a
                    >
                    ${timeHtml(run.began)}${given(
                      run.status?.value,
                      (status) => html` <span class="note">${status}</span>`,
                    )}${given(run.failure, ({ step }) => html` <span class="problem">${step} failed</span>`)}
                  </li>`,
              )}
            </ol>
          </li>`,
      )}
    </ul>
  </nav>`
}

function versionText({ number }: Version): string {
  return number > 0 ? `Version ${number}` : 'Version not known yet'
}
