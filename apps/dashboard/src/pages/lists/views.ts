import { html, nothing, when, type Html } from '@continuum/service'
import type { SavedView } from '../../store/saved-views.ts'
import type { Frame } from '../frame/layout.ts'

/**
 * Renders the views that the reader has saved and those that others share, and the form that saves this one.
 *
 * @param path the address of the list
 */
export function viewsHtml(views: readonly SavedView[], path: string, frame: Frame): Html {
  const { user, csrf } = frame
  if (csrf === undefined) return nothing
  const current = views.find((view) => view.path === path)
  return html`<div id="views" class="views">
    ${when(views.length > 0, () => html`<span>Views</span>`)}${views.map(
      (view) =>
        html`<a href="${view.path}" ${view === current ? html`aria-current="true"` : nothing}
          >${view.name}${view.account === user ? '' : ` (${view.account})`}</a
        >`,
    )}
    ${
      current
        ? when(
            current.account === user && current,
            ({ id, name }) =>
              html`<form method="post" action="/views/delete">
                ${token(csrf, path)}<input type="hidden" name="id" value="${id}" /><button id="delete-view">
                  Delete the view<span class="quiet-voice"> ${name}</span>
                </button>
              </form>`,
          )
        : when(path.includes('?'), () => saveForm(csrf, path))
    }
  </div>`
}

function saveForm(csrf: string, path: string): Html {
  return html`<details id="save-view">
    <summary>Save this view</summary>
    <form method="post" action="/views/save" class="save-view">
      ${token(csrf, path)}<label for="view-name">Name</label>
      <input id="view-name" name="name" required maxlength="60" pattern=".*\\S.*" />
      <label><input type="checkbox" name="shared" value="true" id="view-shared" /> for everybody</label>
      <button>Save</button>
    </form>
  </details>`
}

const token = (csrf: string, path: string) =>
  html`<input type="hidden" name="_csrf" value="${csrf}" /><input type="hidden" name="path" value="${path}" />`
