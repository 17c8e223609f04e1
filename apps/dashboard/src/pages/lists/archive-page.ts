import { html, when } from '@continuum/service'
import type { Batch } from '../../store/batches.ts'
import type { SavedView } from '../../store/saved-views.ts'
import type { ListedRows } from '../../store/lists.ts'
import type { Frame, Page } from '../frame/layout.ts'
import { archiveRowHtml } from './archive-row.ts'
import { bulkBarHtml } from './bulk-bar.ts'
import { countText } from './current-page.ts'
import { filtersHtml, type FilterChoices } from './filters.ts'
import { isFiltered, listPath, type ListQuery } from './list-query.ts'
import { noticeHtml } from './notice.ts'
import { pagesHtml, type Paging } from './paging.ts'
import { viewsHtml } from './views.ts'
import { rowForms } from './row-actions.ts'

/** The content of the archive's page. */
export interface ArchiveView {
  readonly query: ListQuery
  readonly choices: FilterChoices
  readonly found: ListedRows & Paging
  readonly views: readonly SavedView[]
  readonly batch: Batch | undefined
}

const base = '/archive'

/** Builds the page of everything that was ever published or dismissed. */
export function archivePage({ query, choices, found, views, batch }: ArchiveView, frame: Frame, siteUrl: string): Page {
  const path = listPath(base, query)
  return {
    title: 'Archive',
    at: base,
    main: html`<h1 id="heading">Archive <span class="count">${countText(found.count)}</span></h1>
      ${rowForms(frame.csrf ?? '', path)} ${noticeHtml(batch, path, frame)} ${filtersHtml({ base, query, choices })}
      ${viewsHtml(views, path, frame)}
      ${when(
        found.rows.length === 0,
        () =>
          html`<p class="tally none">
            ${isFiltered(query) ? 'Nothing in the archive matches.' : 'Nothing was published or dismissed yet.'}
          </p>`,
      )}
      <h2 class="quiet-voice">Articles</h2>
      <ul id="archive-rows" class="rows" data-parts>
        ${found.rows.map((row) => archiveRowHtml(row, frame, { siteUrl, selectable: true }))}
      </ul>
      ${pagesHtml(found, (page) => listPath(base, query, { page }))}
      ${bulkBarHtml({ base, query, count: found.count, schedulable: false }, frame)}`,
  }
}
