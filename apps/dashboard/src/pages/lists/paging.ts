import { html, nothing, when, type Html } from '@continuum/service'
import { maxCount } from '../../store/lists.ts'

/** The page of a long list. */
export interface Paging {
  /** From 1. */
  readonly page: number
  readonly size: number
  readonly count: number
}

/** Renders the links to the pages before and after. */
export function pagesHtml({ page, size, count }: Paging, path: (page: string) => string): Html {
  const last = Math.max(1, Math.ceil(count / size))
  const more = page < last || count > maxCount
  if (page === 1 && !more) return nothing
  return html`<p id="pages" class="pages">
    ${when(page > 1, () => html`<a class="button" href="${path(String(page - 1))}">Previous</a>`)}
    <span>Page ${page}${count > maxCount ? '' : ` of ${last}`}</span>
    ${when(more, () => html`<a class="button" href="${path(String(page + 1))}">Next</a>`)}
  </p>`
}
