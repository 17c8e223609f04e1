import type { Verdict } from '../../derive/rules/publishable.ts'
import { articlePath, runRefText, previewPath, type RunRef } from '../elements/addresses.ts'
import { html, when, type Html } from '@continuum/service'
import { plural } from '../elements/plural.ts'
import { icon } from '../elements/icons.ts'
import { titleHtml } from '../elements/jats-title.ts'
import type { Frame, Page } from '../frame/layout.ts'

/** A selected run, and whether it may be published. */
export interface Selected {
  ref: RunRef
  title: string | undefined
  verdict: Verdict
}

/** Builds the confirmation page: the runs that will be published, and those that will not, with the reasons. */
export function publishPage(selected: readonly Selected[], force: boolean, frame: Frame): Page {
  const allowed = selected.filter(({ verdict }) => verdict.allowed)
  const heading = allowed.length === 0 ? 'Nothing to publish' : `Publish ${plural(allowed.length, 'article')}?`
  return {
    title: heading,
    main: html`<section class="confirm">
      <h1>${heading}</h1>
      ${when(force && allowed.length > 0, () => html`<p>Publication was requested before. This run replaces any content that is already published.</p>`)}
      <ul class="rows">
        ${selected.map(selectedHtml)}
      </ul>
      <form method="post" action="/publish">
        <input type="hidden" name="_csrf" value="${frame.csrf ?? ''}" />
        ${when(force, () => html`<input type="hidden" name="force" value="true" />`)}
        ${allowed.map(({ ref }) => html`<input type="hidden" name="article" value="${runRefText(ref)}" />`)}
        ${when(
          allowed.length > 0,
          () =>
            html`<p class="reason">
              <label for="why">Reason, for the activity log (optional)</label>
              <input id="why" name="why" maxlength="1000" />
            </p>`,
        )}
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
