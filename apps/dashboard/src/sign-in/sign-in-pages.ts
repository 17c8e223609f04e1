import { html } from '@continuum/service'
import type { Page } from '../pages/frame/layout.ts'
import { messagePage } from '../pages/frame/message-page.ts'

/** The page for everybody who is not signed in. */
export function signedOutPage(): Page {
  return messagePage(
    'You are signed out',
    html`<p>The dashboard shows unpublished articles, so you have to sign in.</p>
      <p>To get a sign-in link, run this command on the machine where Continuum runs:</p>
      <pre><code>npm run -s continuum -- sign-in</code></pre>
      <p>Open the link in this browser. It works once and expires after a few minutes.</p>`,
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
