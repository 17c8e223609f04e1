import type { Verdict } from '../derive/publishable.ts'
import { articlePath, choiceText, previewPath, type Choice } from './addresses.ts'
import { given, html, plural, type Html } from './html.ts'
import { icon } from './icons.ts'
import { titleHtml } from './jats-title.ts'
import type { Frame, Page } from './layout.ts'

/** A run that somebody chose to publish, and whether it may be. */
export interface Chosen {
  choice: Choice
  title: string | undefined
  verdict: Verdict
}

/** "Are you sure?": what will be published, and what will not and why. */
export function publishPage(chosen: readonly Chosen[], force: boolean, frame: Frame): Page {
  const allowed = chosen.filter(({ verdict }) => verdict.allowed)
  const heading = allowed.length === 0 ? 'Nothing to publish' : `Publish ${plural(allowed.length, 'article')}?`
  return {
    title: heading,
    main: html`<section class="confirm">
      <h1>${heading}</h1>
      ${given(force && allowed.length > 0, () => html`<p>It was asked for before. What is published already is replaced by this run.</p>`)}
      <ul class="rows">
        ${chosen.map(chosenHtml)}
      </ul>
      <form method="post" action="/publish">
        <input type="hidden" name="_csrf" value="${frame.csrf ?? ''}" />
        ${given(force, () => html`<input type="hidden" name="force" value="true" />`)}
        ${allowed.map(({ choice }) => html`<input type="hidden" name="article" value="${choiceText(choice)}" />`)}
        <p class="actions">
          ${given(allowed.length > 0, () => html`<button class="strong" id="confirm">Publish</button>`)}
          <a class="button" href="/current">${allowed.length > 0 ? 'Cancel' : 'Back'}</a>
        </p>
      </form>
    </section>`,
  }
}

function chosenHtml({ choice, title, verdict }: Chosen): Html {
  const { id, version, run } = choice
  return html`<li class="row ${verdict.allowed ? '' : 'error'}">
    ${icon(verdict.allowed ? 'ready' : 'failed')}
    <div class="what">
      <h2><a href="${articlePath(id, version, run)}">${title === undefined ? id : titleHtml(title)}</a></h2>
      <p class="identity"><b class="number">${id}</b> <span>version ${version}</span></p>
    </div>
    <div class="now">
      ${verdict.allowed ? '' : html`<p class="problem"><b>Will not be published.</b> ${verdict.reason}</p>`}
    </div>
    <div class="actions">
      <a class="button" href="${previewPath(id, version)}" target="_blank" rel="noopener"
        >Preview<span class="quiet-voice"> ${id}</span></a
      >
    </div>
  </li> `
}
