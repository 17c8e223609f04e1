import { propertiesOf, textOf } from '../../derive/history/article.ts'
import { deliveryOf } from '../../derive/history/delivery.ts'
import { readLosses } from '@continuum/messages'
import { kindOf } from '../../derive/rows/kind.ts'
import { findingsOf } from '../../derive/rows/summary.ts'
import type { Article, Run, Version } from '../../derive/history/model.ts'
import { judgePublication } from '../../derive/rules/publishable.ts'
import { judgeRerun } from '../../derive/rules/rerunnable.ts'
import { articleActions } from './actions.ts'
import { articlePath, runExecutionsPath } from '../elements/addresses.ts'
import { adviceHtml, type Buttons } from '../elements/advice.ts'
import { html, nothing, when, type Html } from '@continuum/service'
import { titleHtml, titleText } from '../elements/jats-title.ts'
import type { Frame, Page } from '../frame/layout.ts'
import { deskHtml, type Desk } from './desk.ts'
import { articleDepositsHtml, type ShownDeposits } from './article-deposits.ts'
import { activityLogHtml } from './activity-log.ts'
import { lossesHtml } from './losses.ts'
import type { ShownRun } from './shown-run.ts'
import { withdrawalHtml } from './withdrawal.ts'
import { timelineHtml } from './timeline.ts'
import { timeHtml } from '../elements/time.ts'

/** Builds the page about one run of an article, with links to its other runs. */
export function articlePage(
  shown: ShownRun,
  { deposits, desk }: { deposits: ShownDeposits; desk: Desk },
  frame: Frame,
  place: { siteUrl: string; zone: string },
): Page {
  const { known, version, run } = shown
  const { article } = known
  const properties = propertiesOf(article, version.number > 0 ? version : (article.versions.at(-1) ?? version), run)
  const title = textOf(properties, 'title') ?? ''
  const findings = findingsOf(textOf(properties, 'findings'))
  const losses = readLosses(textOf(properties, 'losses') ?? '')
  return {
    title: title === '' ? article.id : `${article.id} ${titleText(title)}`,
    live: { article: article.id },
    main: html`<article class="article" id="article" data-parts>
      <header id="article-head">
        <p class="identity">
          <b class="number">${article.id}</b> <span>${versionText(version)}</span>
          <span>run ${run.number}</span
          >${when(textOf(properties, 'status'), (text) => html` <span class="kind">${text}</span>`)}${when(kindOf(textOf(properties, 'article-kind'), textOf(properties, 'article-type')), (text) => html` <span class="kind">${text}</span>`)}${when(textOf(properties, 'doi'), (doi) => html` <a href="https://doi.org/${doi}">${doi}</a>`)}
        </p>
        <h1>${title === '' ? 'Title not known yet' : titleHtml(title)}</h1>
        ${when(textOf(properties, 'authors'), (authors) => html`<p class="authors">${authors}</p>`)}
      </header>
      ${articleActions(shown, frame, place)} ${withdrawalHtml(known, frame)}
      ${when(run.failure, (failure) => failureHtml(failure, buttonsOf(shown)))}
      <section id="run" aria-labelledby="run-heading">
        <h2 id="run-heading">Timeline</h2>
        <p class="since">
          ${run.waiting ? 'Arrived' : 'Started'} ${timeHtml(run.began, 'age')}, last event
          ${timeHtml(run.latest, 'age')}${deliveryHtml(run)}
        </p>
        ${timelineHtml(run)}
        <p id="executions-of-run">
          <a href="${runExecutionsPath(article.id, run.id)}">Executions of this run</a>
        </p>
      </section>
      ${articleDepositsHtml(deposits)} ${when(findings.length > 0 && findings, findingsHtml)}
      ${when(losses, lossesHtml)} ${deskHtml(shown, desk, frame)} ${activityLogHtml(known, desk.log)}
      ${historyHtml(article, run)}
      <p id="as-json"><a href="/api/article/${encodeURIComponent(article.id)}">View as JSON</a></p>
    </article>`,
  }
}

function buttonsOf({ known: { article, requests }, version, run }: ShownRun): Buttons {
  const verdict = judgePublication(article, requests, { version: version.number, run: run.id })
  return {
    republishable: !verdict.allowed && verdict.forcible,
    rerunnable: judgeRerun(article, requests, run.id).allowed,
  }
}

function failureHtml(failure: NonNullable<Run['failure']>, buttons: Buttons): Html {
  return html`<section id="failure" class="failure" aria-labelledby="failure-heading">
    <h2 id="failure-heading">${failure.step} failed</h2>
    <p class="since">${timeHtml(failure.at, 'age')}, on attempt ${failure.attempt}</p>
    <p class="problem">${failure.message === '' ? 'No reason given.' : failure.message}</p>
    ${adviceHtml(failure.step, buttons)}
  </section>`
}

function findingsHtml(findings: readonly string[]): Html {
  return html`<section id="findings" aria-labelledby="findings-heading">
    <h2 id="findings-heading">Package check findings <span class="count">${findings.length}</span></h2>
    <ul>
      ${findings.map((finding) => html`<li>${finding}</li>`)}
    </ul>
  </section>`
}

function deliveryHtml(run: Run): Html {
  return when(
    deliveryOf(run),
    ({ bucket_name: bucket, file_name: file }) => html`, from <code>${file}</code> in <code>${bucket}</code>`,
  )
}

/** Links to all versions and runs; the shown one is marked. */
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
                    ${timeHtml(run.began)}${when(
                      run.status?.value,
                      (status) => html` <span class="note">${status}</span>`,
                    )}${when(run.failure, ({ step }) => html` <span class="problem">${step} failed</span>`)}
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
