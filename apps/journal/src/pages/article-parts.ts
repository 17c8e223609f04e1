import { showBlocks } from '../article/blocks.ts'
import type { Frame } from '../article/frame.ts'
import { figurePlaces, figuresOf } from '../sections/figure-list.ts'
import { contentsList, showArticleSection, type ArticleSection } from '../sections/article-sections.ts'
import { withBackLinks } from '../markup/back-links.ts'
import { html, lang, when, type Html } from '../markup/html.ts'
import { fromPage } from '../markup/other-page.ts'
import { phraseMarkup, plainText } from '../markup/sanitise.ts'
import { factsOfView } from './article-metadata.ts'
import { previewBanner } from './article-notices.ts'
import { sectionsOf } from './article-page.ts'
import { articleTabs, type ArticleTab } from './article-tabs.ts'
import { articlePath, type ArticleView } from './article-view.ts'
import { layout, type PageSettings } from './layout.ts'

/** All figures, tables and videos of an article; undefined where it has none. */
export function figuresPage(settings: PageSettings, view: ArticleView): string | undefined {
  const figures = figuresOf(view.article)
  if (figures.length === 0) return undefined
  const frame: Frame = { files: view.files, level: 3, blocks: showBlocks }
  const part = fromPage(articlePath(view), showBlocks(figures, frame))
  return partPage(settings, view, {
    tab: 'figures',
    title: 'Figures and tables',
    part,
    parts: sectionsOf(view),
    contents: figurePlaces(figures),
  })
}

/** The peer review of an article: letters, reports and answers; undefined where nothing of it is published. */
export function peerReviewPage(settings: PageSettings, view: ArticleView): string | undefined {
  const parts = sectionsOf(view)
  const reviews = parts.filter(({ isReview }) => isReview)
  if (reviews.length === 0) return undefined
  const part = fromPage(articlePath(view), withBackLinks(html`${reviews.map(showArticleSection)}`))
  return partPage(settings, view, { tab: 'peer-review', title: 'Peer review', part, parts, contents: reviews })
}

function partPage(
  settings: PageSettings,
  view: ArticleView,
  of: {
    tab: ArticleTab
    title: string
    part: Html
    parts: readonly ArticleSection[]
    contents: readonly Pick<ArticleSection, 'id' | 'title' | 'sections'>[]
  },
): string {
  const { article, journal, previewUntil } = view
  const { tab, title, part, parts, contents } = of
  const { url } = factsOfView(view, settings.siteUrl)
  return layout(settings, {
    title: `${title}: ${plainText(article.title)}`,
    ...(journal.name !== '' && { journal }),
    head: previewUntil
      ? html`<meta name="robots" content="noindex" />`
      : html`<link rel="canonical" href="${url}/${tab}" />`,
    banner: when(previewUntil, (until): Html => previewBanner(article.version, until)),
    main: html`<article class="article" ${lang(article.language)}>
      <header class="article-header">
        <p class="kicker"><a href="${articlePath(view)}">${phraseMarkup(article.title)}</a></p>
        <h1>${title}</h1>
      </header>
      ${articleTabs(view, parts, tab)}
      <div class="columns">
        <nav class="contents" aria-labelledby="contents">
          <h2 id="contents">Contents</h2>
          ${contentsList(contents)}
        </nav>
        <div class="text">${part}</div>
      </div>
    </article>`,
  })
}
