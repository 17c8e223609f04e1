import type { Section, Summary } from '../../derive/rows/summary.ts'
import type { CurrentSections, SectionRows } from '../../store/lists.ts'
import type { Unidentified } from '../../store/unidentified.ts'
import { sitePath } from '../elements/addresses.ts'
import { currentRowHtml, identityLine, titleLine } from './current-row.ts'
import { when, html, join, nothing, type Html } from '../elements/html.ts'
import { icon } from '../elements/icons.ts'
import type { Frame, Page } from '../frame/layout.ts'
import { rowForms } from './row-actions.ts'
import { timeHtml } from '../elements/time.ts'
import { unidentifiedHtml } from './unidentified.ts'

/** What the current page shows. */
export interface Current {
  list: CurrentSections
  published: Summary[]
  unidentified: Unidentified[]
  search: string
}

const headings: [Section, string, string][] = [
  ['error', 'Errors', 'with an error'],
  ['uir', 'Ready to publish', 'ready to publish'],
  ['in-progress', 'In progress', 'in progress'],
  ['scheduled', 'Scheduled', 'scheduled'],
  ['waiting', 'Waiting deliveries', 'waiting'],
]

/** The current articles by section: what needs a person first. */
export function currentPage(current: Current, frame: Frame, siteUrl: string): Page {
  const { list, published, unidentified, search } = current
  return {
    title: search === '' ? 'Current' : `“${search}”`,
    at: '/current',
    live: 'all',
    search,
    main: html`<h1 id="heading" class="quiet-voice">Current articles</h1>
      ${rowForms(frame.csrf ?? '')} ${tallyHtml(current)}
      ${when(unidentified.length > 0, () => unidentifiedHtml(unidentified, frame.csrf ?? ''))}
      ${headings.map(([section, heading]) => sectionHtml(section, heading, list[section], search))}
      ${publishedHtml(published, search, siteUrl)}`,
  }
}

function tallyHtml({ list, unidentified, search }: Current): Html {
  const counts = headings.map(([section, , words]): [string, number, string] => [section, list[section].count, words])
  const all: [string, number, string][] = [['unidentified', unidentified.length, 'unidentified'], ...counts]
  const shown = all.filter(([, count]) => count > 0)
  if (shown.length === 0) {
    const text =
      search === '' ? 'Nothing is under way, and nothing needs you.' : `No current article matches “${search}”.`
    return html`<p id="tally" class="tally none">${text}</p>`
  }
  const links = shown.map(([id, count, words]) => html`<a class="${id}" href="#${id}"><b>${count}</b> ${words}</a>`)
  return html`<p id="tally" class="tally">${join(links, ' ')}</p>`
}

function sectionHtml(section: Section, heading: string, { count, runs }: SectionRows, search: string): Html {
  if (count === 0) return nothing
  const choosable = runs.filter(({ publishable }) => publishable).length > 1
  const all = new URLSearchParams({ ...(search !== '' && { q: search }), all: section })
  return html`<section id="${section}" aria-labelledby="${section}-heading" data-parts>
    <h2 id="${section}-heading">${heading} <span class="count">${count}</span></h2>
    <ul id="${section}-rows" class="rows" data-parts>
      ${runs.map(currentRowHtml)}
    </ul>
    ${when(
      count > runs.length,
      () => html`<p id="${section}-more"><a href="/current?${all}#${section}">Show all ${count}</a></p>`,
    )}
    ${when(
      section === 'uir' && choosable,
      () =>
        html`<form id="batch" class="batch" action="/publish">
          <label class="choose-all"><input type="checkbox" id="choose-all" /> Choose all</label>
          <button>Publish the selected articles</button>
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
