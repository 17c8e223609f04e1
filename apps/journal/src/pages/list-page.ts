import type { Journal } from '@continuum/article'
import type { Edition } from '../editions/edition.ts'
import { html, nothing, type Html } from '../markup/html.ts'
import { articleList, pageLinks, type Paging } from './article-list.ts'
import { layout, type PageSettings } from './layout.ts'

/** A list of articles that have something in common, a page at a time. */
export interface ArticleListing extends Paging {
  /** Text. */
  title: string
  /** Links above the title, to where the list belongs. */
  kicker?: Html
  /** Of the first page. */
  address: string
  total: number
  editions: readonly Edition[]
  journals: readonly Journal[]
  /** Links beside the number of articles, such as feeds of the list. */
  links?: Html
  head?: Html
  /** The journal that the list belongs to. */
  journal?: Journal
}

export function listPage(settings: PageSettings, list: ArticleListing): string {
  const { title, kicker = nothing, address, total, editions, journals, page, links = nothing, head = nothing } = list
  const heading = page === 1 ? title : `${title}, page ${page}`
  return layout(settings, {
    title: heading,
    head: html`${head}
      <link rel="canonical" href="${settings.siteUrl}${address}${page === 1 ? '' : `?page=${page}`}" />`,
    ...(list.journal && { journal: list.journal }),
    main: html`<div class="latest">
      ${kicker === nothing ? nothing : html`<p class="kicker">${kicker}</p>`}
      <h1>${heading}</h1>
      <p class="found">${total === 1 ? '1 article' : `${total.toLocaleString('en')} articles`} ${links}</p>
      ${articleList(editions, journals)} ${pageLinks(list, address)}
    </div>`,
  })
}
