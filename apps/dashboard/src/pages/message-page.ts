import { html, type Html } from './html.ts'
import type { Page } from './layout.ts'

/** A page that says one thing. */
export function messagePage(title: string, text: Html): Page {
  return {
    title,
    main: html`<section class="message">
      <h1>${title}</h1>
      ${text}
    </section>`,
  }
}

/** What whoever is not signed in gets, at any address. */
export function signedOutPage(): Page {
  return messagePage(
    'You are signed out',
    html`<p>The dashboard shows articles that are not published yet, so it lets in only people who are signed in.</p>
      <p>Ask for a sign-in link where Continuum runs; it works once, for a few minutes:</p>
      <pre><code>npm run -s continuum -- sign-in</code></pre>
      <p>Open it in this browser.</p>`,
  )
}

/** What a sign-in link says that is used up, expired or not ours. */
export function badLinkPage(): Page {
  return messagePage(
    'This link does not sign you in',
    html`<p>A sign-in link works once, and only for a few minutes. Ask for a new one:</p>
      <pre><code>npm run -s continuum -- sign-in</code></pre>`,
  )
}
