import { showBlocks } from '../article/blocks.ts'
import type { Frame } from '../article/frame.ts'
import { contentsList, articleSections, showArticleSection, type ArticleSection } from '../sections/article-sections.ts'
import { withBackLinks } from '../markup/back-links.ts'
import { when, html, lang, type Html } from '../markup/html.ts'
import { plainText } from '../markup/sanitise.ts'
import { aboutPart } from './article-about.ts'
import { articleHeader } from './article-header.ts'
import { factsOfView, metadata } from './article-metadata.ts'
import { notices, previewBanner } from './article-notices.ts'
import { articleTabs } from './article-tabs.ts'
import type { ArticleView } from './article-view.ts'
import { retractionNotice } from './retraction-notice.ts'
import { layout, type PageSettings } from './layout.ts'

/** The page of an article version, as a reader or, in a preview, a production editor sees it. */
export function articlePage(settings: PageSettings, view: ArticleView): string {
  const { article, journal, previewUntil } = view
  const facts = factsOfView(view, settings.siteUrl)
  const own = sectionsOf(view)
  const parts = [...own, aboutPart(view, facts)]
  return layout(settings, {
    title: plainText(article.title),
    ...(journal.name !== '' && { journal }),
    head: metadata(view, facts, settings.siteName),
    banner: html`${when(previewUntil, (until): Html => previewBanner(article.version, until))}
    ${retractionNotice(article)}`,
    main: html`<article class="article" ${lang(article.language)}>
      ${articleHeader(view, facts, settings.siteName)} ${articleTabs(view, own, 'article')}
      <div class="columns">
        <nav class="contents" aria-labelledby="contents">
          <h2 id="contents">Contents</h2>
          ${contentsList(parts)}
        </nav>
        <div class="text">${notices(view)} ${withBackLinks(html`${parts.map(showArticleSection)}`)}</div>
      </div>
    </article>`,
  })
}

/** The sections of an article, as all of its pages have them. */
export function sectionsOf({ article, files }: Pick<ArticleView, 'article' | 'files'>): ArticleSection[] {
  const frame: Frame = { files, level: 3, blocks: showBlocks }
  return articleSections(article, frame)
}
