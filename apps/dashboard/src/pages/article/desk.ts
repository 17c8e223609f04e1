import { html, nothing, when, type Html } from '@continuum/service'
import type { MailSettings } from '@continuum/settings'
import type { LogEntry } from '../../store/activity.ts'
import { runRefText } from '../elements/addresses.ts'
import { timeHtml } from '../elements/time.ts'
import { may, type Frame } from '../frame/layout.ts'
import type { ShownRun } from './shown-run.ts'
import { typesetterText } from './typesetter-text.ts'

/** The desk's knowledge of an article, beside the pipeline's. */
export interface Desk {
  readonly assignee: string | undefined
  /** Those whom it may be assigned to. */
  readonly assignable: readonly string[]
  /** The entries of the activity log about the article, newest first. */
  readonly log: readonly LogEntry[]
  /** The mail server for texts to the typesetter; absent where the environment has no mail server. */
  readonly mail: MailSettings | undefined
}

/** Renders who takes care of an article, the notes on it, and what the typesetter has to know. */
export function deskHtml(shown: ShownRun, { assignee, assignable, log, mail }: Desk, frame: Frame): Html {
  const { known, version, run } = shown
  const notes = log.filter(({ action }) => action === 'note')
  const sent = log.find((entry) => entry.action === 'send to typesetter' && entry.run === run.id)
  const text = typesetterText(shown)
  const edits = may(frame, 'editor')
  const hidden = html`<input type="hidden" name="_csrf" value="${frame.csrf ?? ''}" />
    <input
      type="hidden"
      name="article"
      value="${runRefText({ id: known.article.id, version: version.number, run: run.id })}"
    />`
  if (!edits && notes.length === 0 && assignee === undefined && !sent) return nothing
  return html`<section id="desk" aria-labelledby="desk-heading">
    <h2 id="desk-heading">Notes <span class="count">${notes.length}</span></h2>
    <p>${assignee === undefined ? 'Assigned to nobody.' : html`Assigned to <b>${assignee}</b>.`}</p>
    <ul>
      ${notes.map(
        ({ at, actor, detail }) =>
          html`<li><b>${actor}</b> ${timeHtml(at, 'age')}: <span class="words">${detail}</span></li>`,
      )}
    </ul>
    ${when(sent, ({ actor, at }) => html`<p>Sent to the typesetter by ${actor} ${timeHtml(at, 'age')}.</p>`)}
    ${when(
      edits,
      () =>
        html`<form class="filter" method="post" action="/article/assign">
            ${hidden}
            <p>
              <label for="assignee">Assign to</label>
              <select id="assignee" name="assignee">
                ${['', ...assignable].map(
                  (name) =>
                    html`<option value="${name}" ${name === (assignee ?? '') ? html`selected` : nothing}>
                      ${name === '' ? 'nobody' : name}
                    </option>`,
                )}
              </select>
            </p>
            <p><button>Assign</button></p>
          </form>
          <form class="stacked" method="post" action="/article/note">
            ${hidden}
            <p>
              <label for="note">Note</label>
              <textarea id="note" name="note" rows="3" maxlength="4000" required></textarea>
            </p>
            <button>Add note</button>
          </form>
          ${when(text, (words) => typesetterHtml(words, hidden, mail))}`,
    )}
  </section>`
}

function typesetterHtml(text: string, hidden: Html, mail: MailSettings | undefined): Html {
  const draft = `mailto:?${new URLSearchParams({ subject: text.split('\n')[0] ?? '', body: text }).toString().replaceAll('+', '%20')}`
  return html`<details id="typesetter">
    <summary>Text for the typesetter</summary>
    <form class="stacked" method="post" action="/article/typesetter">
      ${hidden}
      <p>
        <label for="typesetter-text">What to send; change it as you like</label>
        <textarea id="typesetter-text" name="text" rows="12" maxlength="20000" required>${text}</textarea>
      </p>
      <p class="actions"><a class="button" href="${draft}">Open in mail</a> <button>Mark as sent</button></p>
      ${when(
        mail,
        ({ typesetter = '' }) =>
          html`<p>
              <label for="typesetter-to">Address of the typesetter</label>
              <input id="typesetter-to" name="to" type="email" maxlength="320" value="${typesetter}" />
            </p>
            <p class="actions"><button name="by" value="mail">Send by mail</button></p>`,
      )}
    </form>
  </details>`
}
