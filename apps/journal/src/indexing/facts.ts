import type { Journal } from '@continuum/article'
import { Type } from 'typebox'
import { entriesOf, partOf, Passage, Person, type Article } from '../article/article.ts'
import { nameOf } from '../sections/people.ts'
import { plainText } from '../markup/sanitise.ts'
import type { ArticleRecord } from '../editions/record-store.ts'
import { Retraction } from '../editions/retraction.ts'

/** An author, as indexers name one. */
export interface Author {
  name: string
  /** `Hirano, Arisa`, where the article tells the parts of the name. */
  index?: string
  orcid?: string
  institutions: readonly string[]
}

/** An article as indexers, feeds and reference managers describe it; all texts are plain. */
export interface ArticleFacts {
  id: string
  version: number
  doi: string
  title: string
  authors: readonly Author[]
  abstract?: string
  /** The address of the licence. */
  licence?: string
  keywords: readonly string[]
  subjects: readonly string[]
  language: string
  type: string
  journal: Pick<Journal, 'name' | 'publisher' | 'issn'>
  volume?: string
  elocationId?: string
  /** Of the printed journal: `12-34`. */
  pages?: string
  /** Of the first version: `2012-12-13`. */
  published?: string
  /** The page, absolute and without a version. */
  url: string
  pdfUrl?: string
  xmlUrl?: string
  retraction?: Retraction
}

const Copyright = Type.Object({ license: Type.String() })
const Text = Type.Object({ text: Type.String() })
const Orcid = Type.String({ pattern: '\\d{4}-\\d{4}-\\d{4}-\\d{3}[\\dX]$' })

/** Collects the facts of a published version. */
export function factsOf(
  article: Article,
  of: {
    journal: ArticleFacts['journal']
    record: Pick<ArticleRecord, 'published'>
    siteUrl: string
    /** Tells if the site has a file of the article, by its address. */
    has: (uri: unknown) => boolean
  },
): ArticleFacts {
  const { journal, record, siteUrl, has } = of
  const file = `${siteUrl}/articles/${article.id}v${article.version}`
  const url = `${siteUrl}/articles/${article.id}`
  const licence = licenceAddress(partOf(Copyright, article.copyright)?.license)
  const abstract = abstractOf(article)
  const retraction = partOf(Retraction, article.retraction)
  return {
    id: article.id,
    version: article.version,
    doi: article.doi,
    title: plainText(article.titlePrefix === undefined ? article.title : `${article.titlePrefix}: ${article.title}`),
    authors: entriesOf(Person, article.authors)
      .map(authorOf)
      .filter(({ name }) => name !== ''),
    ...(abstract && { abstract }),
    ...(licence && { licence }),
    keywords: entriesOf(Type.String(), article.keywords).map(plainText),
    subjects: entriesOf(Type.Object({ name: Type.String() }), article.subjects).map(({ name }) => plainText(name)),
    language: article.language ?? 'en',
    type: article.type,
    journal,
    ...(article.volume !== undefined && { volume: String(article.volume) }),
    ...(article.elocationId !== undefined && { elocationId: article.elocationId }),
    ...(article.pages !== undefined && { pages: article.pages }),
    ...(record.published && { published: record.published.toString().slice(0, 10) }),
    url,
    ...(has(article.pdf) && { pdfUrl: `${file}.pdf` }),
    ...(has(article.xml) && { xmlUrl: `${file}.xml` }),
    ...(retraction && { retraction }),
  }
}

function authorOf(person: Person): Author {
  const index = typeof person.name === 'object' ? person.name.index : undefined
  const orcid = partOf(Orcid, person.orcid)?.slice(-19)
  return {
    name: nameOf(person),
    ...(index && { index: plainText(index) }),
    ...(orcid && { orcid }),
    institutions: (person.affiliations ?? []).flatMap(({ name = [] }) => {
      const place = name.map(plainText).join(', ')
      return place ? [place] : []
    }),
  }
}

function abstractOf({ abstract }: Article): string | undefined {
  const passage = partOf(Passage, abstract)
  const texts = passage?.content.flatMap((block): string[] => {
    const own = partOf(Text, block)
    const below: unknown = Reflect.get(block, 'content')
    return own ? [plainText(own.text)] : entriesOf(Text, below).map(({ text }) => plainText(text))
  })
  return texts?.join(' ').trim() || undefined
}

/** `https://creativecommons.org/licenses/by/4.0/` of `CC-BY-4.0`. */
export function licenceAddress(name: string | undefined): string | undefined {
  const creative = /^CC-(BY(?:-NC|-ND|-SA)*)-(\d\.\d)$/.exec(name ?? '')
  if (creative) return `https://creativecommons.org/licenses/${creative[1]?.toLowerCase()}/${creative[2]}/`
  return name?.startsWith('CC0') ? 'https://creativecommons.org/publicdomain/zero/1.0/' : undefined
}
