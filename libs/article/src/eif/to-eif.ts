import { partialDate } from '../jats/dates.ts'
import { describeArticle, type ArticleDescription } from '../description/describe.ts'
import type { ArticleXml } from '../jats/reading/parse.ts'
import { jatsOf } from '../jats/markup.ts'
import { keywordElements } from '../jats/subjects.ts'
import { impactStatementElement } from '../jats/impact-statement.ts'
import { articleVersionId, type Journal } from '../journal/journal.ts'
import { removeEmpty } from '../description/remove-empty.ts'
import { eifCitations } from './citations.ts'
import { eifContributor } from './contributors.ts'
import type { Eif } from './eif.ts'
import { eifFragments } from './fragments.ts'
import { eifReferences } from './references.ts'

/** Facts about a version that its XML does not have. */
export interface EifVersion {
  readonly journal: Journal
  readonly version: number
  /** UTC instant: when this version was published, where that is known already. */
  readonly update?: string | undefined
  /** True where the site is to publish it at once; it never is unless said. */
  readonly publish?: boolean
  /** The description of the XML, where the caller has it already; it is made here otherwise. */
  readonly description?: ArticleDescription
}

const articleTypes = new Set([
  'research-article',
  'article-commentary',
  'editorial',
  'book-review',
  'discussion',
  'correction',
])
const relatedTypes = new Set(['article-reference', 'commentary', 'commentary-article', 'corrected-article'])

/**
 * The EIF of one version: metadata, contributors, parts with a DOI and citations, but no text.
 *
 * @throws {IncompleteArticle} as `describeArticle`
 */
export function toEif(xml: ArticleXml, about: EifVersion): Eif {
  const { journal, version, update, publish = false } = about
  const article = about.description ?? describeArticle(xml, journal)
  const path = articlePath(article, journal, version)
  const references = eifReferences(xml)
  const { displayChannel, kind } = article.categories
  return removeEmpty<Eif>({
    title: article.titleJats,
    'impact-statement': jatsOf(impactStatementElement(xml)) || undefined,
    version,
    doi: article.doi,
    publish,
    volume: typeof article.volume === 'number' ? article.volume : undefined,
    'elocation-id': article.elocationId,
    'article-id': article.articleId,
    'article-version-id': articleVersionId(article.articleId, version),
    'pub-date': article.dates.published,
    'publication-date': partialDate(article.dates),
    update,
    path,
    'article-type': articleTypes.has(article.jatsType) ? article.jatsType : 'research-article',
    status: article.status === 'poa' ? 'POA' : 'VOR',
    categories: {
      // The site's list says the kind of the article by it, as the article's own page does.
      'display-channel': displayChannel.length > 0 ? displayChannel : [kind ?? article.type],
      'sub-display-channel': article.categories.subDisplayChannel,
      heading: article.categories.subjects,
    },
    keywords: {
      'author-keywords': keywordElements(xml, 'author-keywords').map(jatsOf),
      'research-organism': keywordElements(xml, 'research-organism').map(jatsOf),
    },
    'related-articles': article.related
      .filter(({ type }) => relatedTypes.has(type))
      .map(({ type, doi }) => ({ type, href: doi })),
    contributors: article.contributors.flatMap((contributor) => eifContributor(contributor, references)),
    referenced: byKind(references),
    fragments: eifFragments(xml, path, references),
    citations: eifCitations(xml),
  })
}

/**
 * The path of a version's page on the original site: `content/1/e00353v1`. An article of another than the default journal, or
 * without volume or elocation-id, is found by its id: `content/ijm-00202v1`.
 */
export function articlePath(
  { articleId, volume, elocationId }: Pick<ArticleDescription, 'articleId' | 'volume' | 'elocationId'>,
  journal: Journal,
  version: number,
): string {
  const named = journal.bareIds && typeof volume === 'number' && elocationId !== undefined
  return named ? `content/${volume}/${elocationId}v${version}` : `content/${articleId}v${version}`
}

function byKind(references: ReturnType<typeof eifReferences>): NonNullable<Eif['referenced']> {
  const kinds = Map.groupBy(references, ([, { kind }]) => kind)
  return Object.fromEntries(
    [...kinds].map(([kind, entries]) => [kind, Object.fromEntries(entries.map(([id, { value }]) => [id, value]))]),
  )
}
