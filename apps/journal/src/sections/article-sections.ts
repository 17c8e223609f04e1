import { Type } from 'typebox'
import { Asset, Block, Blocks, entriesOf, partOf, Passage, type Article } from '../article/article.ts'
import { phraseMarkup } from '../markup/sanitise.ts'
import { when, doiLink, heading, html, lang, type Html } from '../markup/html.ts'
import { furtherAbstracts } from './abstracts.ts'
import { contributions, dataSets, dataSetsTitle, funding } from './back-matter.ts'
import { fileList } from '../article/files.ts'
import type { Frame } from '../article/frame.ts'
import { noteGroups } from '../article/notes.ts'
import { referenceList } from './references.ts'
import { isReview, subArticleContent, subArticleName, subArticlesOf, surroundings } from './sub-articles.ts'

/** A part of an article with a heading of its own, as the contents list names it. */
export interface ArticleSection {
  id: string
  /** With inline markup. */
  title: string
  content: Html
  /** True for what reviewers and editors said of the article, and the authors' answers. */
  isReview?: boolean
  /** Sections inside it that the contents list names too. */
  sections: readonly { id: string; title: string }[]
}

const Section = Type.Object({
  type: Type.Literal('section'),
  id: Type.Optional(Type.String()),
  title: Type.String(),
  content: Blocks,
})
const Appendix = Type.Object({
  id: Type.Optional(Type.String()),
  doi: Type.Optional(Type.String()),
  title: Type.String(),
  content: Blocks,
})
const BackSection = Type.Object({
  id: Type.Optional(Type.String()),
  title: Type.Optional(Type.String()),
  content: Blocks,
})

/** All parts of an article that have something to show, in reading order. */
export function articleSections(article: Article, frame: Frame): ArticleSection[] {
  const passage = (id: string, title: string, value: unknown): ArticleSection[] => {
    const known = partOf(Passage, value)
    return known ? [passagePart(id, title, known, frame)] : []
  }
  const blocks = (id: string, title: string, value: unknown): ArticleSection[] =>
    entriesOf(Block, value).length > 0 ? [{ id, title, content: frame.blocks(value, frame), sections: [] }] : []
  const piece = (id: string, title: string, content: Html | undefined): ArticleSection[] =>
    content ? [{ id, title, content, sections: [] }] : []
  const files = entriesOf(Asset, article.additionalFiles)
  const references = entriesOf(Type.Object({}), article.references)

  const asReview = (parts: ArticleSection[]) => parts.map((found) => ({ ...found, isReview: true }))

  return [
    ...passage('abstract', 'Abstract', article.abstract),
    ...furtherAbstracts(article.abstracts, frame).map(({ id, title, content }, index) => ({
      id: id ?? `abstract-${index + 2}`,
      title,
      content,
      sections: [],
    })),
    ...passage('assessment', 'Editorial assessment', article.elifeAssessment),
    ...passage('digest', 'Digest', article.digest),
    ...bodyParts(article.body, frame),
    ...entriesOf(Appendix, article.appendices).map((appendix, index) =>
      sectionPart(appendix, `appendix-${index + 1}`, frame),
    ),
    ...entriesOf(BackSection, article.backSections).map(({ title = '', ...section }, index) =>
      sectionPart({ ...section, title }, `back-${index + 1}`, frame),
    ),
    ...noteGroups(article.notes, frame).map(({ title, content }, index) => ({
      id: index === 0 ? 'notes' : `notes-${index + 1}`,
      title,
      content,
      sections: [],
    })),
    ...piece('data', dataSetsTitle(article.dataSets) ?? 'Data availability', dataSets(article.dataSets, frame)),
    ...piece('files', 'Additional files', files.length > 0 ? fileList(files, frame) : undefined),
    ...piece(
      'references',
      'References',
      references.length > 0 ? referenceList(article.references, frame, article.referenceLists) : undefined,
    ),
    ...asReview([
      ...passage('evaluation', 'Editor’s evaluation', article.editorEvaluation),
      ...passage('decision-letter', 'Decision letter', article.decisionLetter),
      ...entriesOf(Passage, article.publicReviews).map((review, index) =>
        passagePart(`review-${index + 1}`, 'Review', review, frame),
      ),
      ...passage('recommendations', 'Recommendations for authors', article.recommendationsForAuthors),
      ...passage('author-response', 'Author response', article.authorResponse),
    ]),
    ...blocks('acknowledgements', 'Acknowledgements', article.acknowledgements),
    ...blocks('ethics', 'Ethics', article.ethics),
    ...piece('funding', 'Funding', funding(article.funding, frame)),
    ...piece('contributions', 'Contributions and interests', contributions(article, frame)),
    ...subArticlesOf(article.subArticles).map((inner, index) => ({
      id: inner.id ?? `sub-article-${index + 1}`,
      title: subArticleName(inner),
      content: subArticleContent(inner, frame),
      sections: [],
      isReview: isReview(inner.type),
    })),
  ]
}

/** Sections as parts; what stands between them belongs to no contents list. */
function bodyParts(body: unknown, frame: Frame): ArticleSection[] {
  return entriesOf(Block, body).map((block, index) => {
    const section = partOf(Section, block)
    const id = `body-${index + 1}`
    return section
      ? sectionPart(section, id, frame)
      : { id, title: '', content: frame.blocks([block], frame), sections: [] }
  })
}

function sectionPart(
  section: { id?: string; doi?: string; title: string; content: Block[] },
  fallback: string,
  frame: Frame,
): ArticleSection {
  const sections = entriesOf(Section, section.content).flatMap(({ id, title }) => (id ? [{ id, title }] : []))
  const content = html`${frame.blocks(section.content, frame)}
  ${when(section.doi, (doi) => html`<p class="part-doi">${doiLink(doi)}</p>`)}`
  return { id: section.id ?? fallback, title: section.title, content, sections }
}

function passagePart(id: string, fallback: string, passage: Passage, frame: Frame): ArticleSection {
  const description = passage.description
  const { before, after } = surroundings(passage, frame)
  const content = html`${before}
  ${when(description, (blocks) => html`<div class="description">${frame.blocks(blocks, frame)}</div>`)}
  <div${lang(passage.lang)}>${frame.blocks(passage.content, frame)} ${frame.blocks(passage.figures, frame)}</div>
  ${after}
  ${when(passage.doi, (doi) => html`<p class="part-doi">${doiLink(doi)}</p>`)}`
  return { id: passage.id ?? id, title: passage.title ?? fallback, content, sections: [] }
}

export function showArticleSection(part: ArticleSection): Html {
  if (part.title === '') return part.content
  const names = part.isReview ? 'part review' : 'part'
  return html`<section class="${names}" id="${part.id}">
    ${heading(2, phraseMarkup(part.title))} ${part.content}
  </section>`
}

/** Lists the sections of the page. */
export function contentsList(parts: readonly Pick<ArticleSection, 'id' | 'title' | 'sections'>[]): Html {
  const entries = parts
    .filter(({ title }) => title !== '')
    .map(
      ({ id, title, sections }) =>
        html`<li>
          <a href="#${id}">${phraseMarkup(title)}</a>
          ${
            sections.length > 0
              ? html`<ol>
                  ${sections.map((section) => html`<li><a href="#${section.id}">${phraseMarkup(section.title)}</a></li>`)}
                </ol>`
              : ''
          }
        </li>`,
    )
  return html`<ol>
    ${entries}
  </ol>`
}
