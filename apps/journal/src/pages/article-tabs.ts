import { figuresOf } from '../sections/figure-list.ts'
import { html, nothing, type Html } from '../markup/html.ts'
import type { ArticleSection } from '../sections/article-sections.ts'
import { articlePath, type ArticleView } from './article-view.ts'

/** The pages of an article: its text, its figures, its peer review. */
export type ArticleTab = 'article' | 'figures' | 'peer-review'

const names: Readonly<Record<ArticleTab, string>> = {
  article: 'Article',
  figures: 'Figures and tables',
  'peer-review': 'Peer review',
}

/** Links between the pages of an article; nothing where it has only one. */
export function articleTabs(view: ArticleView, parts: readonly ArticleSection[], shown: ArticleTab): Html {
  const tabs: ArticleTab[] = [
    'article',
    ...(figuresOf(view.article).length > 0 ? (['figures'] as const) : []),
    ...(parts.some(({ isReview }) => isReview) ? (['peer-review'] as const) : []),
  ]
  if (tabs.length === 1) return nothing
  const base = articlePath(view)
  return html`<nav class="tabs" aria-label="Pages of this article">
    <ul>
      ${tabs.map((tab) => {
        const address = tab === 'article' ? base : `${base}/${tab}`
        return html`<li>
          <a href="${address}" ${tab === shown ? html`aria-current="page"` : nothing}>${names[tab]}</a>
        </li>`
      })}
    </ul>
  </nav>`
}
