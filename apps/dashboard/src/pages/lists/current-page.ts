import { html, join, nothing, when, type Html } from '@continuum/service'
import type { OpenDeposits } from '../../http/open-deposits.ts'
import type { Section } from '../../derive/rows/summary.ts'
import { isSchedulable } from '../../derive/rules/schedulable.ts'
import type { Batch } from '../../store/batches.ts'
import { maxCount, type ListedRows, type Listed } from '../../store/lists.ts'
import type { SavedView } from '../../store/saved-views.ts'
import type { OverdueSchedule } from '../../store/schedules.ts'
import type { UnidentifiedGroup } from '../../store/unidentified.ts'
import type { Frame, Page } from '../frame/layout.ts'
import { attentionPath, attentionText } from '../elements/deposit-state.ts'
import { archiveRowHtml } from './archive-row.ts'
import { bulkBarHtml } from './bulk-bar.ts'
import { currentRowHtml } from './current-row.ts'
import { filtersHtml, type FilterChoices } from './filters.ts'
import { isFiltered, listPath, type ListQuery } from './list-query.ts'
import { noticeHtml } from './notice.ts'
import { overdueHtml } from './overdue.ts'
import { pagesHtml, type Paging } from './paging.ts'
import { rowForms } from './row-actions.ts'
import { sectionNames } from './section-names.ts'
import { viewsHtml } from './views.ts'
import { unidentifiedHtml } from './unidentified.ts'

/** The content of the current page. */
export interface CurrentView {
  readonly query: ListQuery
  readonly choices: FilterChoices
  /** The first rows of each section. */
  readonly sections: ReadonlyMap<Section, ListedRows>
  /** One list over all sections, where the address sorts it or names one section. */
  readonly flat: (ListedRows & Paging) | undefined
  readonly archived: ListedRows
  readonly overdue: readonly OverdueSchedule[]
  readonly unidentified: readonly UnidentifiedGroup[]
  readonly views: readonly SavedView[]
  /** The open deposits; known of the whole list only. */
  readonly deposits: OpenDeposits | undefined
  /** The batch that was just made, if any. */
  readonly batch: Batch | undefined
}

const base = '/current'

/** Builds the page of the current articles by section; those that need attention come first. */
export function currentPage(view: CurrentView, frame: Frame, siteUrl: string): Page {
  const { query, flat, sections, archived, overdue, unidentified, batch } = view
  const search = query.q?.trim() ?? ''
  const count = flat?.count ?? [...sections.values()].reduce((sum, one) => sum + one.count, 0)
  const shown = flat ? flat.rows : [...sections.values()].flatMap((one) => one.rows)
  const schedulable = shown.some(({ summary: { state } }) => state !== undefined && isSchedulable(state))
  const path = listPath(base, query)
  return {
    title: search === '' ? 'Current' : `“${search}”`,
    at: base,
    live: 'all',
    search,
    main: html`<h1 id="heading" class="quiet-voice">Current articles</h1>
      ${rowForms(frame.csrf ?? '', path)} ${noticeHtml(batch, path, frame)} ${tallyHtml(view)}
      ${filtersHtml({ base, ...view })} ${viewsHtml(view.views, path, frame)}
      ${when(unidentified.length > 0, () => unidentifiedHtml(unidentified, frame))}
      ${when(overdue.length > 0, () => overdueHtml(overdue))}
      ${flat ? flatHtml(view, flat, frame) : [...sections].map(([section, rows]) => sectionHtml(section, rows, query, frame))}
      ${bulkBarHtml({ base, query, count, schedulable }, frame)} ${archivedHtml(archived, query, { frame, siteUrl })}`,
  }
}

function tallyHtml({ sections, flat, unidentified, overdue, query, deposits }: CurrentView): Html {
  const filtered = isFiltered(query)
  const part = (id: string, path: string, count: number, text: string) =>
    count === 0 ? [] : [html`<a class="${id}" href="${path}"><b>${countText(count)}</b> ${text}</a>`]
  const links = [
    ...part(
      'unidentified',
      '#unidentified',
      unidentified.reduce((sum, { count }) => sum + count, 0),
      'unidentified',
    ),
    ...part('error', '#overdue', overdue.length, overdue.length === 1 ? 'overdue schedule' : 'overdue schedules'),
    ...(flat
      ? part('found', '#found', flat.count, 'found')
      : [...sections].flatMap(([section, { count }]) =>
          part(section, `#${section}`, count, (sectionNames[section] ?? section).toLowerCase()),
        )),
    ...(deposits === undefined || typeof deposits === 'string'
      ? []
      : (['failed', 'late'] as const).flatMap((attention) => {
          const name = deposits[attention] === 1 ? 'deposit' : 'deposits'
          return part('error', attentionPath(attention), deposits[attention], `${name} ${attentionText[attention]}`)
        })),
  ]
  if (links.length > 0) return html`<p id="tally" class="tally">${join(links, ' ')}</p>`
  const text = filtered ? 'No current articles match.' : 'Nothing is in progress, and nothing needs your attention.'
  return html`<p id="tally" class="tally none">${text}</p>`
}

/** Writes a count that may be more than what was counted. */
export function countText(count: number): string {
  return count > maxCount ? `${maxCount.toLocaleString('en')}+` : count.toLocaleString('en')
}

function sectionHtml(section: Section, { count, rows }: ListedRows, query: ListQuery, frame: Frame): Html {
  if (count === 0) return nothing
  return html`<section id="${section}" aria-labelledby="${section}-heading" data-parts>
    <h2 id="${section}-heading">${sectionNames[section]} <span class="count">${countText(count)}</span></h2>
    <ul id="${section}-rows" class="rows" data-parts>
      ${rows.map((row) => currentRowHtml(row, frame))}
    </ul>
    ${when(
      count > rows.length,
      () =>
        html`<p id="${section}-more">
          <a href="${listPath(base, query, { section })}">Show all ${countText(count)}</a>
        </p>`,
    )}
  </section> `
}

function flatHtml({ query }: CurrentView, flat: ListedRows & Paging, frame: Frame): Html {
  if (flat.rows.length === 0) return nothing
  return html`<section id="found" aria-labelledby="found-heading" data-parts>
    <h2 id="found-heading">Found <span class="count">${countText(flat.count)}</span></h2>
    <ul id="found-rows" class="rows" data-parts>
      ${flat.rows.map((row) => currentRowHtml(row, frame))}
    </ul>
    ${pagesHtml(flat, (page) => listPath(base, query, { page }))}
  </section> `
}

/** The archive's part of what is found, or what was published last. */
function archivedHtml(
  { count, rows }: ListedRows,
  query: ListQuery,
  { frame, siteUrl }: { frame: Frame; siteUrl: string },
): Html {
  if (rows.length === 0) return nothing
  const filtered = isFiltered(query)
  const path = listPath('/archive', filtered ? query : { section: 'published' })
  return html`<section id="published" aria-labelledby="published-heading" data-parts>
    <h2 id="published-heading">
      ${filtered ? html`In the archive <span class="count">${countText(count)}</span>` : 'Recently published'}
    </h2>
    <ul id="published-rows" class="rows brief" data-parts>
      ${rows.map((row: Listed) => archiveRowHtml(row, frame, { siteUrl, selectable: false }))}
    </ul>
    ${when(count > rows.length, () => html`<p id="published-more"><a href="${path}">Show all in the archive</a></p>`)}
  </section> `
}
