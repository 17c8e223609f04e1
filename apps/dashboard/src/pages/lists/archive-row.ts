import { html, nothing, when, type Html } from '@continuum/service'
import type { PublishedVia } from '../../derive/rows/archive.ts'
import type { Summary } from '../../derive/rows/summary.ts'
import type { Listed } from '../../store/lists.ts'
import { runRefText, sitePath } from '../elements/addresses.ts'
import { icon } from '../elements/icons.ts'
import { timeHtml } from '../elements/time.ts'
import { may, type Frame } from '../frame/layout.ts'
import { identityLine, titleLine } from './current-row.ts'
import { rowKey, rowSelect } from './row-actions.ts'

/** The ways of publication, in words. */
export const viaText: Record<PublishedVia, string> = {
  person: 'by a person',
  clock: 'by the clock',
  rule: 'by rule',
}

/** Renders a row of the archive: a run that was published or dismissed. */
export function archiveRowHtml(
  { summary, section, assignee }: Listed,
  frame: Frame,
  { siteUrl, selectable }: { siteUrl: string; selectable: boolean },
): Html {
  const published = section === 'published'
  return html`<li id="published-${rowKey(summary)}" class="row ${section}">
    <div class="mark">
      ${selectable ? rowSelect(summary, frame) : nothing}${icon(published ? 'published' : 'hidden')}
    </div>
    <div class="what">${titleLine(summary)}${identityLine(summary, assignee)}</div>
    <div class="now">${published ? publishedHtml(summary) : dismissedHtml(summary)}</div>
    <div class="actions">${published ? siteLink(summary, siteUrl) : restoreButton(summary, frame)}</div>
  </li> `
}

function publishedHtml({ via, since }: Summary): Html {
  return html`<p><b>Published</b>${when(via, (how) => html` ${viaText[how]}`)}</p>
    <p class="since">${timeHtml(since, 'age')}</p>`
}

function dismissedHtml({ dismissed, since, failure }: Summary): Html {
  return html`<p><b>${dismissed ? 'Dismissed' : 'Hidden'}</b>${when(dismissed?.by, (by) => html` by ${by}`)}</p>
    ${when(dismissed?.why, (why) => html`<p>${why}</p>`)}
    ${when(failure, ({ step }) => html`<p class="since">${step} failed</p>`)}
    <p class="since">${timeHtml(since, 'age')}</p>`
}

function siteLink({ id, version, withdrawn }: Summary, siteUrl: string): Html {
  const text = withdrawn === undefined ? 'Published page' : 'Withdrawal notice'
  return html`<a href="${sitePath(siteUrl, id, version)}">${text}<span class="quiet-voice"> ${id}</span></a>`
}

function restoreButton(summary: Summary, frame: Frame): Html {
  const { id, version, run, dismissed } = summary
  return when(
    may(frame, 'editor') && dismissed && run,
    ({ id: runId }) =>
      html`<button
        form="restore"
        id="restore-${rowKey(summary)}"
        name="article"
        value="${runRefText({ id, version, run: runId })}"
      >
        Restore<span class="quiet-voice"> ${id} version ${version}</span>
      </button>`,
  )
}
