import { Type } from 'typebox'
import { partOf } from '../article/article.ts'
import type { ArticleSection } from '../sections/article-sections.ts'
import { furtherEntries, keywordFacts, subjectFacts, titleFacts } from '../sections/classification.ts'
import { publicationHistory } from '../sections/publication-history.ts'
import { dateName, isoDay, statusName, strings, subjectNames, subjectPath } from '../article/labels.ts'
import { when, doiLink, html, nothing, type Html } from '../markup/html.ts'
import { inlineMarkup, phraseMarkup, plainText } from '../markup/sanitise.ts'
import { publicationDateOf } from '../editions/edition.ts'
import type { ArticleFacts } from '../indexing/facts.ts'
import { howToCite } from './how-to-cite.ts'
import type { ArticleView } from './article-view.ts'

const Copyright = Type.Object({
  license: Type.String(),
  holder: Type.Optional(Type.String()),
  year: Type.Optional(Type.String()),
  statement: Type.Optional(Type.String()),
})

/** The last part of a page: history, versions, licence, keywords, how to cite. */
export function aboutPart(view: ArticleView, facts: ArticleFacts): ArticleSection {
  const content = html`<dl class="about">
    ${row('DOI', doiLink(view.article.doi))} ${row('Volume, issue and pages', printedPlace(view))}
    ${row('History', history(view))}
    ${row('Publication history', publicationHistory(view.article.publicationEvents, view.files))}
    ${row('Versions', versions(view))} ${row('Copyright', copyright(view))}
    ${row('Subjects', links(subjectNames(view.article.subjects), subjectPath))}
    ${row(keywordsTitle(view), links(strings(view.article.keywords), searchPath))}
    ${row('Research organisms', links(strings(view.article.researchOrganisms), searchPath))} ${furtherFacts(view)}
    <div id="cite">
      <dt>How to cite</dt>
      <dd>${howToCite(view, facts)}</dd>
    </div>
  </dl>`
  return { id: 'about', title: 'About this article', content, sections: [] }
}

function row(name: string, value: Html | undefined): Html {
  return value
    ? html`<div>
        <dt>${name}</dt>
        <dd>${value}</dd>
      </div>`
    : nothing
}

/** Names one after the other, each as a link. */
function links(names: readonly string[], addressOf: (name: string) => string): Html | undefined {
  if (names.length === 0) return undefined
  return html`${names.map((name, index) => html`${index > 0 ? ', ' : ''}<a href="${addressOf(name)}">${phraseMarkup(name)}</a>`)}`
}

function searchPath(words: string): string {
  return `/search?${new URLSearchParams({ for: plainText(words) }).toString()}`
}

function keywordsTitle({ article: { keywordsTitle: title } }: ArticleView): string {
  return typeof title === 'string' ? plainText(title).replace(/[:.]$/, '') : 'Keywords'
}

/** Keywords, subjects and titles of other kinds and languages. */
function furtherFacts({ article, files }: ArticleView): Html {
  const facts = [
    ...keywordFacts(article.keywordGroups),
    ...subjectFacts(article.subjectGroups),
    ...titleFacts(article.alternativeTitles),
    ...furtherEntries(article.facts, files),
  ]
  return html`${facts.map(({ name, value }) => row(plainText(name), value))}`
}

/** Volume, issue and pages of the printed journal. */
function printedPlace({ article: { volume, issue, pages } }: ArticleView): Html | undefined {
  if (issue === undefined && pages === undefined) return undefined
  const parts = [volume && `Volume ${volume}`, issue && `issue ${issue}`, pages && `pages ${pages}`]
  return html`${parts.filter(Boolean).join(', ')}`
}

function history({ history: known, publicationDate }: ArticleView): Html | undefined {
  const steps = [
    known?.received && `Received ${dateName(known.received)}`,
    known?.accepted && `Accepted ${dateName(known.accepted)}`,
    publicationDate && `Published ${dateName(publicationDate)}`,
  ].filter(Boolean)
  return steps.length > 0 ? html`${steps.join(' · ')}` : undefined
}

function versions({ article, versions: published }: ArticleView): Html | undefined {
  if (published.length === 0) return undefined
  return html`<ol class="versions">
    ${published.toReversed().map(({ version, edition }) => {
      const date = edition.dates?.updated ? isoDay(edition.dates.updated) : publicationDateOf(edition)
      const name = `Version ${version}`
      return html`<li>
        ${version === article.version ? html`<b>${name}</b>` : html`<a href="/articles/${article.id}v${version}">${name}</a>`},
        ${statusName(edition.eif.status).toLowerCase()}${date ? `, ${dateName(date)}` : ''}
      </li>`
    })}
  </ol>`
}

/** `CC-BY-4.0` and the like, with the address of their texts. */
const licences: Record<string, string> = { 'CC0-1.0': 'https://creativecommons.org/publicdomain/zero/1.0/' }

function copyright({ article, files }: ArticleView): Html | undefined {
  const known = partOf(Copyright, article.copyright)
  if (!known) return undefined
  const { license, holder, year, statement } = known
  const owner = [year, holder?.replace(/\.$/, '')].filter(Boolean).join(', ')
  const creative = /^CC-BY-(\d\.\d)$/.exec(license)
  const address = creative ? `https://creativecommons.org/licenses/by/${creative[1]}/` : licences[license]
  const named = license === 'none' ? '' : license
  const terms = address ? html`<a rel="license" href="${address}">${license}</a>` : html`${named}`
  const words = when(statement, (text) => html`${inlineMarkup(text, files)}`)
  if (!owner && !named && !statement) return undefined
  return html`${owner ? `© ${owner}. ` : ''}${terms}${(owner || named) && statement ? html`<br />` : nothing}${words}`
}
