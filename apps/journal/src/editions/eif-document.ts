import { Type, type TProperties } from 'typebox'
import { Eif } from './eif.ts'

/**
 * The whole document that the pipeline posts. There are no other keys, so that a key written wrongly is told and not lost. What is read of
 * it is `Eif`: documents of earlier releases are still shown.
 */

const text = Type.String({ minLength: 1 })
const flag = Type.Boolean()

function closed<Properties extends TProperties>(properties: Properties) {
  return Type.Object(properties, { additionalProperties: false })
}

/** Whatever is optional in the document is absent, never null or empty. */
const optional = {
  text: Type.Optional(text),
  texts: Type.Optional(Type.Array(text)),
  flag: Type.Optional(flag),
}

const Affiliation = closed({
  dept: optional.text,
  institution: optional.text,
  city: optional.text,
  country: optional.text,
  email: optional.text,
})

const referenceKinds = [
  'equal-contrib',
  'email',
  'funding',
  'competing-interest',
  'contribution',
  'present-address',
  'affiliation',
  'related-object',
  'foot-note',
] as const

/** The same for each kind of thing that contributors point to. */
function ofEachKind<Value extends Type.TSchema>(value: Value) {
  return closed(Object.fromEntries(referenceKinds.map((kind) => [kind, Type.Optional(value)])))
}

const Contributor = closed({
  type: Type.Enum(['author', 'author non-byline', 'editor', 'reviewer', 'on-behalf-of']),
  id: optional.text,
  'group-author-key': optional.text,
  surname: optional.text,
  'given-names': optional.text,
  suffix: optional.text,
  collab: optional.text,
  'on-behalf-of': optional.text,
  orcid: optional.text,
  role: optional.text,
  email: optional.text,
  corresp: optional.flag,
  deceased: optional.flag,
  'equal-contrib': optional.flag,
  affiliations: Type.Optional(Type.Array(Affiliation)),
  references: Type.Optional(ofEachKind(Type.Array(text))),
})
const contributors = Type.Optional(Type.Array(Contributor))

const part = {
  type: Type.Enum(['abstract', 'boxed-text', 'fig', 'media', 'supplementary-material', 'table-wrap', 'sub-article']),
  title: optional.text,
  doi: text,
  path: text,
  contributors,
}

/** Parts within parts, as deep as articles have them; what is deeper is taken as it is. */
const Fragment = [1, 2, 3].reduce<Type.TSchema>(
  (inner) => closed({ ...part, fragments: Type.Optional(Type.Array(inner)) }),
  closed({ ...part, fragments: Type.Optional(Type.Array(Type.Unknown())) }),
)

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
  year: optional.text,
  title: optional.text,
  source: optional.text,
  doi: optional.text,
  comment: optional.text,
})

export const EifDocument = closed({
  ...Eif.properties,
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
  contributors,
  referenced: Type.Optional(ofEachKind(Type.Record(Type.String(), Type.Unknown()))),
  fragments: Type.Optional(Type.Array(Fragment)),
  citations: Type.Optional(Type.Record(Type.String(), Citation)),
})
