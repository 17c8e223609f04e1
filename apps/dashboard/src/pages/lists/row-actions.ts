import type { Summary } from '../../derive/rows/summary.ts'
import { runRefText, previewPath } from '../elements/addresses.ts'
import { when, html, nothing, type Html } from '../elements/html.ts'

/** Tells the rows of one article apart: `00353.2.1` is the first run of its version 2. */
export function rowKey({ id, version, run }: Summary): string {
  return [id, version, run?.number].filter((part) => part !== undefined).join('.')
}

/** What may be done with a run of the lists. */
export function rowActions(summary: Summary): Html {
  const { id, version, run, section, previewable, publishable, republishable, rerunnable } = summary
  if (section === 'waiting') return nothing
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
  const button = (form: string, text: string, style = '') =>
    html`<button class="${style}" form="${form}" id="${form}-${key}" name="article" value="${ref}">
      ${text}${named}
    </button>`
  return html`${preview}${when(republishable, () => button('republish', 'Publish again'))}${when(rerunnable, () =>
    button('run-again', 'Run again'),
  )}${when(section === 'error', () => button('set-aside', 'Set aside'))}${when(
    publishable,
    () =>
      html`${button('publish', 'Publish', 'strong')}<label class="choose"
          ><input type="checkbox" id="choose-${key}" name="article" value="${ref}" form="batch" /><span
            class="quiet-voice"
            >Choose ${id} version ${version}</span
          ></label
        >`,
  )}`
}

/** What the buttons of the rows submit. Publishing leads to a question first; the others harm nothing. */
export function rowForms(csrf: string): Html {
  const token = html`<input type="hidden" name="_csrf" value="${csrf}" />`
  return html`<form id="publish" action="/publish"></form>
    <form id="republish" action="/publish"><input type="hidden" name="force" value="true" /></form>
    <form id="run-again" method="post" action="/run-again">${token}</form>
    <form id="set-aside" method="post" action="/set-aside">
      ${token}<input type="hidden" name="from" value="current" />
    </form>`
}
