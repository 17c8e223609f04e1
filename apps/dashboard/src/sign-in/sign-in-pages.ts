import { html, when } from '@continuum/service'
import type { DashboardSettings } from '@continuum/settings'
import type { Page } from '../pages/frame/layout.ts'
import { messagePage } from '../pages/frame/message-page.ts'

/** The page for everybody who is not signed in. */
export function signedOutPage({ OPENID: provider, MAIL: mail }: Pick<DashboardSettings, 'OPENID' | 'MAIL'>): Page {
  return messagePage(
    'You are signed out',
    html`<p>The dashboard shows unpublished articles, so you have to sign in.</p>
      ${when(
        provider,
        ({ name = 'your organisation' }) =>
          html`<p><a class="button strong" href="/sign-in/openid">Sign in with ${name}</a></p>`,
      )}
      ${when(
        mail,
        () =>
          html`<form class="stacked" method="post" action="/sign-in/mail">
            <p>
              <label for="email">Your address</label>
              <input id="email" name="email" type="email" required maxlength="320" autocomplete="email" />
            </p>
            <button>Mail me a link</button>
          </form>`,
      )}
      <p>
        To get a sign-in link, run this command on the machine where Continuum runs, or with the credentials of AWS:
      </p>
      <pre><code>npm run -s continuum -- sign-in [--user NAME] [--env NAME]</code></pre>
      <p>Open the link in this browser. It works once and expires after a few minutes.</p>`,
  )
}

/** The answer to everybody who asks for a link by mail. */
export function linkMailedPage(email: string, minutes: number): Page {
  return messagePage(
    'Look at your mail',
    html`<p>
        If there is an account with the address <b>${email}</b>, a link is on its way. It works once, within ${minutes}
        minutes. Open it in this browser.
      </p>
      <p>Nothing came? Ask an administrator whether your account has this address.</p>
      <p><a href="/sign-in">Back</a></p>`,
  )
}

/** The page for a good link of somebody who has no account, or a disabled one. */
export function noAccountPage(name: string): Page {
  return messagePage(
    'You have no account here',
    html`<p>
      There is no account <b>${name}</b>, or it is disabled. An administrator adds people, on the page People.
    </p>`,
  )
}

/** The page for settings with which no browser gets a cookie. */
export function untrustedProxyPage(): Page {
  return messagePage(
    'Nobody can sign in',
    html`<p>
      DASHBOARD_URL is an https address, but this request did not come over https as far as the dashboard can tell. Put
      the address of the proxy in front of it into TRUSTED_PROXIES.
    </p>`,
  )
}

/** The page for somebody whom the provider, or this dashboard, did not sign in. */
export function refusedPage(reason: string): Page {
  return messagePage(
    'You are not signed in',
    html`<p>${reason}</p>
      <p><a href="/sign-in">Try again</a></p>`,
  )
}

/** The page for a sign-in link that is used, expired or not signed by us. */
export function invalidLinkPage(): Page {
  return messagePage(
    'This sign-in link is not valid',
    html`<p>A sign-in link works once and expires after a few minutes. To get a new one, run:</p>
      <pre><code>npm run -s continuum -- sign-in</code></pre>`,
  )
}
