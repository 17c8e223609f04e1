import { showBlocks } from '../article/blocks.ts'
import type { Frame } from '../article/frame.ts'
import { contentsList, articleSections, showArticleSection } from '../sections/article-sections.ts'
import { withBackLinks } from '../markup/back-links.ts'
import { when, html, lang, type Html } from '../markup/html.ts'
import { plainText } from '../markup/sanitise.ts'
import { aboutPart } from './article-about.ts'
import { articleHeader } from './article-header.ts'
import { metadata } from './article-metadata.ts'
import { notices, previewBanner } from './article-notices.ts'
import type { ArticleView } from './article-view.ts'
import { retractionNotice } from './retraction-notice.ts'
import { layout, type PageSettings } from './layout.ts'

/** The page of an article version, as a reader or, in a preview, a production editor sees it. */
export function articlePage(settings: PageSettings, view: ArticleView): string {
  const { article, files, journal, previewUntil } = view
  const frame: Frame = { files, level: 3, blocks: showBlocks }
  const parts = [...articleSections(article, frame), aboutPart(view)]
  return layout(settings, {
    title: plainText(article.title),
    ...(journal.name !== '' && { journal }),
    head: metadata(view, settings),
    banner: html`${when(previewUntil, (until): Html => previewBanner(article.version, until))}
    ${retractionNotice(article)}`,
    main: html`<article class="article" ${lang(article.language)}>
      ${articleHeader(view, settings.siteName)}
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
