import type { Verdict } from '../../derive/rules/publishable.ts'
import { articlePath, runRefText, previewPath, type RunRef } from '../elements/addresses.ts'
import { when, html, plural, type Html } from '../elements/html.ts'
import { icon } from '../elements/icons.ts'
import { titleHtml } from '../elements/jats-title.ts'
import type { Frame, Page } from '../frame/layout.ts'

/** A run that somebody chose to publish, and whether it may be. */
export interface Selected {
  ref: RunRef
  title: string | undefined
  verdict: Verdict
}

/** "Are you sure?": what will be published, and what will not and why. */
export function publishPage(selected: readonly Selected[], force: boolean, frame: Frame): Page {
  const allowed = selected.filter(({ verdict }) => verdict.allowed)
  const heading = allowed.length === 0 ? 'Nothing to publish' : `Publish ${plural(allowed.length, 'article')}?`
  return {
    title: heading,
    main: html`<section class="confirm">
      <h1>${heading}</h1>
      ${when(force && allowed.length > 0, () => html`<p>It was asked for before. What is published already is replaced by this run.</p>`)}
      <ul class="rows">
        ${selected.map(selectedHtml)}
      </ul>
      <form method="post" action="/publish">
        <input type="hidden" name="_csrf" value="${frame.csrf ?? ''}" />
        ${when(force, () => html`<input type="hidden" name="force" value="true" />`)}
        ${allowed.map(({ ref }) => html`<input type="hidden" name="article" value="${runRefText(ref)}" />`)}
        <p class="actions">
          ${when(allowed.length > 0, () => html`<button class="strong" id="confirm">Publish</button>`)}
          <a class="button" href="/current">${allowed.length > 0 ? 'Cancel' : 'Back'}</a>
        </p>
      </form>
    </section>`,
  }
}

function selectedHtml({ ref, title, verdict }: Selected): Html {
  const { id, version, run } = ref
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
