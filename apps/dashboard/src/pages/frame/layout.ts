import { html, when, type Html } from '@continuum/service'
import { includesRole, type Role } from '../../derive/rules/roles.ts'

/** The data of the frame around a page. */
export interface Frame {
  /** The person who is signed in, if anybody. */
  user?: string
  /** The role of that person: a page has no buttons that the role does not allow. */
  role?: Role
  csrf?: string
  /** The number of current runs with an error, for the title. */
  errors?: number
  /** The banner that says whether Continuum itself is in trouble. */
  banner?: Html
}

/** The content of a page. */
export interface Page {
  title: string
  main: Html
  /** The navigation entry of this page. */
  at?:
    | '/today'
    | '/current'
    | '/archive'
    | '/scheduled'
    | '/deposits'
    | '/executions'
    | '/queues'
    | '/processes'
    | '/activity'
    | '/people'
  /** Updates the page on changes of all articles, or of one. */
  live?: 'all' | { article: string }
  search?: string
}

/** Checks that the reader of a page has a role, or a greater one. */
export function may({ role }: Frame, needed: Role): boolean {
  return role !== undefined && includesRole(role, needed)
}

/** Renders a page. Elements with `data-parts` are updated live: their children have ids and are replaced one by one. */
export function pageHtml(page: Page, frame: Frame): string {
  const counted = frame.errors ? `(${frame.errors}) ${page.title}` : page.title
  const live = page.live === 'all' ? '*' : page.live?.article
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${counted} · Continuum</title>
<link rel="icon" href="/assets/icon.svg" type="image/svg+xml">
<link rel="stylesheet" href="/assets/frame.css">
<link rel="stylesheet" href="/assets/lists.css">
<link rel="stylesheet" href="/assets/article.css">
<link rel="stylesheet" href="/assets/tables.css">
<link rel="stylesheet" href="/assets/review.css">
<link rel="stylesheet" href="/assets/changes.css">
<link rel="stylesheet" href="/assets/calendar.css">
<link rel="stylesheet" href="/assets/work-list.css">
<link rel="stylesheet" href="/assets/system.css">
<link rel="stylesheet" href="/assets/executions.css">
<script type="module" src="/assets/dashboard.js"></script>
</head>
<body${when(live, (subject) => html` data-live="${subject}"`)}>
<a class="skip" href="#main">Skip to content</a>
${header(page, frame)}
<main id="main" tabindex="-1" data-parts>
${when(frame.banner, (banner) => banner)}${page.main}
</main>
<p id="announcer" class="quiet-voice" role="status"></p>
<footer class="frame">
<p><span id="zone">Times are in UTC.</span> <span class="keys-hint">Press <kbd>?</kbd> for the keys.</span></p>
${when(
  live,
  () =>
    html`<p class="live" hidden>
      <span id="live-state">Connecting…</span>
      <button type="button" id="pause" aria-pressed="false">Pause updates</button>
    </p>`,
)}
</footer>
</body>
</html>
`.toString()
}

function header(page: Page, frame: Frame): Html {
  const { user, csrf } = frame
  const entry = (path: string, text: string) =>
    html`<li><a href="${path}" ${when(page.at === path, () => html` aria-current="page"`)}>${text}</a></li>`
  return html`<header class="frame">
    <p class="name"><a href="/current">Continuum</a></p>
    ${when(
      user,
      (name) =>
        html`<nav aria-label="Pages">
            <ul>
              ${entry('/today', 'Today')}${entry('/current', 'Current')}${entry('/archive', 'Archive')}${entry('/scheduled', 'Scheduled')}${entry('/deposits', 'Deposits')}${entry('/executions', 'Executions')}${entry('/queues', 'Queues')}${entry('/processes', 'Processes')}${entry('/activity', 'Activity')}${when(may(frame, 'administrator'), () => entry('/people', 'People'))}
            </ul>
          </nav>
          <form class="search" role="search" action="/current">
            <label for="q" class="quiet-voice">Search articles</label>
            <input
              id="q"
              name="q"
              type="search"
              placeholder="Number, title, author"
              aria-keyshortcuts="/"
              value="${page.search ?? ''}"
            /><button>Search</button>
          </form>
          <form class="who" method="post" action="/sign-out">
            <input type="hidden" name="_csrf" value="${csrf ?? ''}" />
            <a href="/sessions"><span class="quiet-voice">Sessions of </span>${name}</a> <button>Sign out</button>
          </form>`,
    )}
  </header>`
}
