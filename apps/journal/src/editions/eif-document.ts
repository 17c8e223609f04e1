import { Type, type Static, type TObjectOptions, type TProperties, type TSchema } from 'typebox'
import { Compile } from 'typebox/compile'
import { Eif } from './eif.ts'

/**
 * The whole document that the pipeline posts. There are no other keys, so that a key written wrongly is told and not lost. What is read of
 * it is `Eif`: documents of earlier releases are still shown.
 */

const text = Type.String()
const doi = Eif.properties.doi
/** Relative to the site: no host, no empty part. */
const path = Type.String({ pattern: '^(?![^:]+://)([^/]+/?)+$', maxLength: 500 })

function closed<Properties extends TProperties>(properties: Properties, options: TObjectOptions = {}) {
  return Type.Object(properties, { additionalProperties: false, ...options })
}

/** Optional keys: they may be absent; they are never null, but in affiliations. */
const optional = {
  text: Type.Optional(text),
  texts: Type.Optional(Type.Array(text)),
  flag: Type.Optional(Type.Boolean()),
  name: Type.Optional(Type.Unsafe<string | null>({ type: ['string', 'null'] })),
}

const Affiliation = closed(
  {
    dept: optional.name,
    institution: optional.name,
    city: optional.name,
    country: optional.name,
    email: optional.name,
  },
  { minProperties: 1 },
)

/** Empty where the XML has none that is an address. */
const email = Type.String({ pattern: '^(?:[^\\s@,;]+@[^\\s@,;]+)?$' })
const textById = Type.Optional(Type.Record(Type.String(), text))
const objectById = Type.Optional(Type.Record(Type.String(), Type.Object({})))

/** The things that contributors point to, by id. */
const Referenced = closed({
  'equal-contrib': textById,
  email: Type.Optional(Type.Record(Type.String(), email)),
  funding: objectById,
  'competing-interest': textById,
  contribution: textById,
  'present-address': textById,
  affiliation: Type.Optional(Type.Record(Type.String(), Affiliation)),
  'related-object': objectById,
  'foot-note': Type.Optional(Type.Record(Type.String(), Type.Object({ type: optional.text, value: optional.text }))),
})

const References = closed({
  'equal-contrib': optional.texts,
  email: optional.texts,
  funding: optional.texts,
  'competing-interest': optional.texts,
  contribution: optional.texts,
  'present-address': optional.texts,
  affiliation: optional.texts,
  'related-object': optional.texts,
  'foot-note': optional.texts,
})

const Contributor = closed({
  type: Type.Enum(['author', 'author non-byline', 'editor', 'reviewer', 'on-behalf-of']),
  id: optional.text,
  'group-author-key': optional.text,
  surname: optional.text,
  'given-names': optional.text,
  suffix: optional.text,
  collab: optional.text,
  'on-behalf-of': optional.text,
  orcid: Type.Optional(Type.String({ pattern: '^https?://orcid\\.org/' })),
  role: optional.text,
  email: optional.text,
  corresp: optional.flag,
  deceased: optional.flag,
  'equal-contrib': optional.flag,
  affiliations: Type.Optional(Type.Array(Affiliation)),
  references: Type.Optional(References),
})
type Contributor = Static<typeof Contributor>

/** A part of the article with a DOI of its own; what is in the parts within it is anything. */
const Part = closed(partWith(Type.Unknown()))
type Part = Static<typeof Part>

/** Parts within parts, to the depth that articles have; an OpenAPI document takes no schema that names itself. */
const Fragment = closed(partWith(closed(partWith(closed(partWith(Part))))))

function partWith<Inner extends TSchema>(inner: Inner) {
  return {
    type: Type.Enum(['abstract', 'boxed-text', 'fig', 'media', 'supplementary-material', 'table-wrap', 'sub-article']),
    title: optional.text,
    doi,
    path,
    contributors: Type.Optional(Type.Array(Contributor)),
    fragments: Type.Optional(Type.Array(inner)),
  }
}

const Citation = closed({
  authors: Type.Optional(
    Type.Array(
      closed({
        'group-type': text,
        surname: optional.text,
        'given-names': optional.text,
        suffix: optional.text,
        collab: optional.text,
      }),
    ),
  ),
  year: Type.Optional(Type.String({ pattern: '^\\d{4}[a-z]*(–\\d{4})?|[iI]n press$' })),
  title: optional.text,
  source: optional.text,
  doi: Type.Optional(doi),
  comment: optional.text,
})

export const EifDocument = closed({
  ...Eif.properties,
  path,
  force: optional.flag,
  'impact-statement': optional.text,
  'article-type': Type.Enum([
    'research-article',
    'article-commentary',
    'editorial',
    'book-review',
    'discussion',
    'correction',
  ]),
  categories: Type.Optional(
    closed({ 'display-channel': optional.texts, 'sub-display-channel': optional.texts, heading: optional.texts }),
  ),
  keywords: Type.Optional(closed({ 'author-keywords': optional.texts, 'research-organism': optional.texts })),
  'related-articles': Type.Optional(
    Type.Array(
      closed({
        type: Type.Enum(['article-reference', 'commentary', 'commentary-article', 'corrected-article']),
        href: text,
      }),
    ),
  ),
  contributors: Type.Optional(Type.Array(Contributor)),
  referenced: Type.Optional(Referenced),
  fragments: Type.Optional(Type.Array(Fragment)),
  citations: Type.Optional(Type.Record(Type.String(), Citation)),
})
export type EifDocument = Static<typeof EifDocument>

/** Lists the places of what a document lacks, for keys that are required only beside certain others: `contributors.0.surname`. */
export function missingBesideOthers({ contributors = [], fragments = [], citations = {} }: EifDocument): string[] {
  return [
    ...contributors.flatMap((contributor, index) => missingOfContributor(contributor, `contributors.${index}`)),
    ...fragments.flatMap((fragment, index) => missingOfFragment(fragment, `fragments.${index}`)),
    ...Object.entries(citations).flatMap(([id, { authors = [] }]) =>
      authors.flatMap(({ surname, collab }, index) =>
        (surname ?? collab) === undefined ? [`citations.${id}.authors.${index}.surname`] : [],
      ),
    ),
  ]
}

function missingOfContributor({ type, surname, collab, 'on-behalf-of': whom }: Contributor, at: string): string[] {
  if (type === 'on-behalf-of') return whom === undefined ? [`${at}.on-behalf-of`] : []
  return surname === undefined && (collab === undefined || type !== 'author') ? [`${at}.surname`] : []
}

const isPart = Compile(Part)

function missingOfFragment({ type, title, contributors = [], fragments = [] }: Part, at: string): string[] {
  return [
    ...(title === undefined && type !== 'abstract' ? [`${at}.title`] : []),
    ...contributors.flatMap((one, index) => missingOfContributor(one, `${at}.contributors.${index}`)),
    ...fragments.flatMap((one, index) => (isPart.Check(one) ? missingOfFragment(one, `${at}.fragments.${index}`) : [])),
  ]
}
