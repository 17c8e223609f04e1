import type { Summary } from '../../derive/rows/summary.ts'
import { isSchedulable } from '../../derive/rules/schedulable.ts'
import { changesPath, runRefText, previewPath } from '../elements/addresses.ts'
import { html, nothing, when, type Html } from '@continuum/service'
import { may, type Frame } from '../frame/layout.ts'

/** Returns the key of a row: `00353.2.1` is run 1 of version 2 of article 00353. */
export function rowKey({ id, version, run }: Summary): string {
  return [id, version, run?.number].filter((part) => part !== undefined).join('.')
}

/** Renders the actions on a run of the lists that the reader may take. */
export function rowActions(summary: Summary, frame: Frame): Html {
  const { id, version, run, section, previewable, publishable, republishable, rerunnable, published } = summary
  if (section === 'waiting') return nothing
  const [edits, publishes] = [may(frame, 'editor'), may(frame, 'publisher')]
  const key = rowKey(summary)
  const named = html`<span class="quiet-voice"> ${id} version ${version}</span>`
  const preview = when(
    previewable && section !== 'in-progress',
    () =>
      html`<a class="button" id="preview-${key}" href="${previewPath(id, version)}" target="_blank" rel="noopener"
        >Preview${named}</a
      >`,
  )
  if (!run) return preview
  const ref = runRefText({ id, version, run: run.id })
  const changes = when(
    published && (section === 'uir' || section === 'scheduled'),
    () =>
      html`<a class="button" id="changes-${key}" href="${changesPath({ id, version, run: run.id })}"
        >What changes${named}</a
      >`,
  )
  const button = (form: string, text: string, style = '') =>
    html`<button class="${style}" form="${form}" id="${form}-${key}" name="article" value="${ref}">
      ${text}${named}
    </button>`
  return html`${preview}${changes}${when(republishable && publishes, () => button('republish', 'Publish again'))}${when(
    rerunnable && edits,
    () => button('run-again', 'Run again'),
  )}${when(section === 'error' && edits, () => button('dismiss', 'Dismiss'))}${when(publishable && publishes, () =>
    button('publish', 'Publish', 'strong'),
  )}`
}

/** Renders the box that selects a row, for those who may do something with many. */
export function rowSelect(summary: Summary, frame: Frame): Html {
  const { id, version, run, state } = summary
  if (!run || !may(frame, 'editor')) return nothing
  const ref = runRefText({ id, version, run: run.id })
  return html`<label class="select"
    ><input
      type="checkbox"
      id="select-${rowKey(summary)}"
      name="article"
      value="${ref}"
      form="batch"
      ${state !== undefined && isSchedulable(state) ? html`data-schedulable` : nothing}
    /><span class="quiet-voice"
      >Select ${id} ${version > 0 ? `version ${version}` : 'version not known yet'}</span
    ></label
  >`
}

/**
 * Renders the forms that the buttons of the rows submit. Publishing leads to a confirmation page first, running again and
 * dismissing to a page that asks why.
 *
 * @param back the address of the list, to come back to
 */
export function rowForms(csrf: string, back: string): Html {
  const token = html`<input type="hidden" name="_csrf" value="${csrf}" />`
  return html`<form id="publish" action="/publish"></form>
    <form id="republish" action="/publish"><input type="hidden" name="force" value="true" /></form>
    <form id="run-again" method="post" action="/bulk/rerun">
      ${token}<input type="hidden" name="back" value="${back}" />
    </form>
    <form id="dismiss" method="post" action="/bulk/dismiss">
      ${token}<input type="hidden" name="back" value="${back}" />
    </form>
    <form id="restore" method="post" action="/bulk/restore">
      ${token}<input type="hidden" name="confirmed" value="true" /><input type="hidden" name="back" value="${back}" />
    </form>`
}
