import { html, nothing, when, type Html } from '@continuum/service'
import { roles, type Role } from '../../derive/rules/roles.ts'
import type { Account } from '../../store/accounts.ts'
import { timeHtml } from '../elements/time.ts'
import type { Frame, Page } from '../frame/layout.ts'

/** The pattern of the names of accounts, as the database has it. */
export const namePattern = '^[A-Za-z0-9][A-Za-z0-9._@+\\-]{0,63}$'

const roleTexts: Record<Role, string> = {
  reader: 'reader: sees everything',
  editor: 'editor: reruns, dismisses',
  publisher: 'publisher: publishes, schedules',
  operator: 'operator: deposits, recipients',
  administrator: 'administrator: people',
}

/** The outcome of a mail: to whom it went, or why it did not. */
export type Mailed = { readonly to: string } | { readonly problem: string }

/** Builds the page of the people who may sign in. */
export function peoplePage(accounts: readonly Account[], { csrf = '' }: Frame): Page {
  return {
    title: 'People',
    at: '/people',
    main: html`<h1 id="heading">People</h1>
      <p class="since">Each role includes those before it. <a href="/sessions">Open sessions</a></p>
      <ul class="rows" id="people">
        ${accounts.map((account) => accountHtml(account, csrf))}
      </ul>
      <section id="invite" aria-labelledby="invite-heading">
        <h2 id="invite-heading">Invite somebody</h2>
        <form class="stacked" method="post" action="/people/add">
          <input type="hidden" name="_csrf" value="${csrf}" />
          <p>
            <label for="new-name">Name, as the activity log has it</label>
            <input id="new-name" name="name" required pattern="${namePattern}" maxlength="64" autocomplete="off" />
          </p>
          ${fieldsHtml('new', { fullName: '', email: null, role: 'reader' })}
          <button class="strong">Invite</button>
        </form>
      </section>`,
  }
}

function accountHtml(account: Account, csrf: string): Html {
  const { name, fullName, email, role, disabled, addedBy, addedAt } = account
  const token = html`<input type="hidden" name="_csrf" value="${csrf}" />
    <input type="hidden" name="name" value="${name}" />`
  return html`<li class="row" id="account-${name}">
    <div class="what">
      <h2>${name}${when(fullName, (text) => html` <span class="note">${text}</span>`)}</h2>
      <p class="identity">
        <b>${role}</b>${when(email, (text) => html` <span>${text}</span>`)}
        <span>added by ${addedBy} ${timeHtml(addedAt)}</span
        >${when(disabled, () => html` <b class="problem">disabled</b>`)}
      </p>
    </div>
    <div class="actions">
      ${when(
        !disabled,
        () =>
          html`<form method="post" action="/people/link">
            ${token}<button>New link<span class="quiet-voice"> for ${name}</span></button>
          </form>`,
      )}
      <details id="change-${name}">
        <summary>Change<span class="quiet-voice"> ${name}</span></summary>
        <form class="stacked" method="post" action="/people/change">
          ${token} ${fieldsHtml(`change-${name}`, account)}
          <p>
            <label
              ><input type="checkbox" name="disabled" value="true" ${disabled ? html`checked` : nothing} /> Disabled:
              may not sign in</label
            >
          </p>
          <button>Save</button>
        </form>
      </details>
    </div>
  </li> `
}

function fieldsHtml(key: string, { fullName, email, role }: Pick<Account, 'fullName' | 'email' | 'role'>): Html {
  return html`<p>
      <label for="${key}-full">Full name (optional)</label>
      <input id="${key}-full" name="fullName" maxlength="200" value="${fullName}" autocomplete="off" />
    </p>
    <p>
      <label for="${key}-email">Address, for mails with links, and by which a provider knows them (optional)</label>
      <input id="${key}-email" name="email" type="email" maxlength="320" value="${email ?? ''}" autocomplete="off" />
    </p>
    <p>
      <label for="${key}-role">Role</label>
      <select id="${key}-role" name="role">
        ${roles.map((each) => html`<option value="${each}" ${each === role ? html`selected` : nothing}>${roleTexts[each]}</option>`)}
      </select>
    </p>`
}

/**
 * Builds the page that shows a link to its administrator, once.
 *
 * @param mailed what became of the mail with it; absent where none was to be sent
 */
export function linkPage(name: string, link: string, days: number, mailed?: Mailed): Page {
  return {
    title: `Link for ${name}`,
    at: '/people',
    main: html`<section class="message" id="link">
      <h1>Link for ${name}</h1>
      ${when(mailed, (it) => ('to' in it ? html`<p>It was mailed to <b>${it.to}</b>.</p>` : html`<p class="problem">${it.problem}</p>`))}
      <p>
        ${mailed && 'to' in mailed ? 'This is what was sent, too.' : `Send this to ${name}.`} It signs in once, within
        ${days} days; it is not shown again.
      </p>
      <pre><code>${link}</code></pre>
      <p><a class="button" href="/people">Back to people</a></p>
    </section>`,
  }
}
