import type { Section, Summary } from '../../derive/rows/summary.ts'
import type { CurrentSections, SectionRows } from '../../store/lists.ts'
import type { UnidentifiedGroup } from '../../store/unidentified.ts'
import { sitePath } from '../elements/addresses.ts'
import { currentRowHtml, identityLine, titleLine } from './current-row.ts'
import { html, join, nothing, when, type Html } from '@continuum/service'
import { icon } from '../elements/icons.ts'
import { may, type Frame, type Page } from '../frame/layout.ts'
import { rowForms } from './row-actions.ts'
import { timeHtml } from '../elements/time.ts'
import { unidentifiedHtml } from './unidentified.ts'

/** The content of the current page. */
export interface CurrentView {
  list: CurrentSections
  published: Summary[]
  unidentified: UnidentifiedGroup[]
  search: string
}

const headings: [Section, string, string][] = [
  ['error', 'Errors', 'failed'],
  ['uir', 'Ready to publish', 'ready to publish'],
  ['in-progress', 'In progress', 'in progress'],
  ['scheduled', 'Scheduled', 'scheduled'],
  ['waiting', 'Waiting deliveries', 'waiting'],
]

/** Builds the page of the current articles by section; those that need attention come first. */
export function currentPage(current: CurrentView, frame: Frame, siteUrl: string): Page {
  const { list, published, unidentified, search } = current
  return {
    title: search === '' ? 'Current' : `“${search}”`,
    at: '/current',
    live: 'all',
    search,
    main: html`<h1 id="heading" class="quiet-voice">Current articles</h1>
      ${rowForms(frame.csrf ?? '')} ${tallyHtml(current)}
      ${when(unidentified.length > 0, () => unidentifiedHtml(unidentified, frame))}
      ${headings.map(([section, heading]) => sectionHtml(section, heading, list[section], { search, frame }))}
      ${publishedHtml(published, search, siteUrl)}`,
  }
}

function tallyHtml({ list, unidentified, search }: CurrentView): Html {
  const counts = headings.map(([section, , label]): [string, number, string] => [section, list[section].count, label])
  const all: [string, number, string][] = [
    ['unidentified', unidentified.reduce((sum, { count }) => sum + count, 0), 'unidentified'],
    ...counts,
  ]
  const shown = all.filter(([, count]) => count > 0)
  if (shown.length === 0) {
    const text =
      search === ''
        ? 'Nothing is in progress, and nothing needs your attention.'
        : `No current articles match “${search}”.`
    return html`<p id="tally" class="tally none">${text}</p>`
  }
  const links = shown.map(([id, count, label]) => html`<a class="${id}" href="#${id}"><b>${count}</b> ${label}</a>`)
  return html`<p id="tally" class="tally">${join(links, ' ')}</p>`
}

function sectionHtml(
  section: Section,
  heading: string,
  { count, runs }: SectionRows,
  { search, frame }: { search: string; frame: Frame },
): Html {
  if (count === 0) return nothing
  const selectable = may(frame, 'publisher') && runs.filter(({ publishable }) => publishable).length > 1
  const all = new URLSearchParams({ ...(search !== '' && { q: search }), all: section })
  return html`<section id="${section}" aria-labelledby="${section}-heading" data-parts>
    <h2 id="${section}-heading">${heading} <span class="count">${count}</span></h2>
    <ul id="${section}-rows" class="rows" data-parts>
      ${runs.map((run) => currentRowHtml(run, frame))}
    </ul>
    ${when(
      count > runs.length,
      () => html`<p id="${section}-more"><a href="/current?${all}#${section}">Show all ${count}</a></p>`,
    )}
    ${when(
      section === 'uir' && selectable,
      () =>
        html`<form id="batch" class="batch" action="/publish">
          <label class="select-all"><input type="checkbox" id="select-all" /> Select all</label>
          <button>Publish selected</button>
        </form>`,
    )}
  </section> `
}

function publishedHtml(published: readonly Summary[], search: string, siteUrl: string): Html {
  if (published.length === 0) return nothing
  return html`<section id="published" aria-labelledby="published-heading" data-parts>
    <h2 id="published-heading">${search === '' ? 'Recently published' : 'Published'}</h2>
    <ul id="published-rows" class="rows brief" data-parts>
      ${published.map((summary) => publishedRow(summary, siteUrl))}
    </ul>
  </section> `
}

function publishedRow(summary: Summary, siteUrl: string): Html {
  const { id, published } = summary
  return html`<li id="published-${id}" class="row published">
    ${icon('published')}
    <div class="what">${titleLine(summary)}${identityLine(summary)}</div>
    ${when(
      published,
      ({ version, at }) =>
        html`<div class="now"><p class="since">version ${version}, ${timeHtml(at, 'age')}</p></div>
          <div class="actions">
            <a href="${sitePath(siteUrl, id, version)}">Published page<span class="quiet-voice"> ${id}</span></a>
          </div>`,
    )}
  </li> `
}
