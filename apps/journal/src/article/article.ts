import { Type, type Static, type TSchema } from 'typebox'
import { Value } from 'typebox/value'

/**
 * Article JSON as far as the site shows it. The parts of an article are looked at one by one when they are shown, so
 * that one of an unexpected shape is left out, not the page.
 */
const part = Type.Optional(Type.Unknown())

export const Article = Type.Object({
  id: Type.String(),
  version: Type.Integer(),
  status: Type.String(),
  type: Type.String(),
  kind: Type.Optional(Type.String()),
  doi: Type.String(),
  title: Type.String(),
  volume: Type.Optional(Type.Union([Type.Integer(), Type.String()])),
  elocationId: Type.Optional(Type.String()),
  issue: Type.Optional(Type.Union([Type.Integer(), Type.String()])),
  pages: Type.Optional(Type.String()),
  titlePrefix: Type.Optional(Type.String()),
  subtitle: Type.Optional(Type.String()),
  /** Of the whole, where it is told: `pt`. */
  language: Type.Optional(Type.String()),
  impactStatement: Type.Optional(Type.String()),
  authorLine: Type.Optional(Type.String()),
  pdf: part,
  xml: part,
  figuresPdf: part,
  subjects: part,
  keywords: part,
  researchOrganisms: part,
  authors: part,
  reviewers: part,
  copyright: part,
  abstract: part,
  digest: part,
  body: part,
  appendices: part,
  references: part,
  acknowledgements: part,
  notes: part,
  translatedTitles: part,
  alternativeTitles: part,
  abstracts: part,
  keywordsTitle: part,
  keywordGroups: part,
  subjectGroups: part,
  contributors: part,
  affiliations: part,
  publicationEvents: part,
  facts: part,
  relatedLinks: part,
  retraction: part,
  backSections: part,
  referenceLists: part,
  subArticles: part,
  ethics: part,
  funding: part,
  additionalFiles: part,
  dataSets: part,
  elifeAssessment: part,
  editorEvaluation: part,
  publicReviews: part,
  recommendationsForAuthors: part,
  decisionLetter: part,
  authorResponse: part,
})
export type Article = Static<typeof Article>

export const History = Type.Object({
  received: Type.Optional(Type.String()),
  accepted: Type.Optional(Type.String()),
})
export type History = Static<typeof History>

export const Related = Type.Array(Type.Unknown())
export type Related = Static<typeof Related>

/** A part of an article, or undefined where it is absent or of another shape. */
export function partOf<Schema extends TSchema>(schema: Schema, value: unknown): Static<Schema> | undefined {
  return Value.Check(schema, value) ? value : undefined
}

/** The entries of a list that have the shape; none where it is no list. */
export function entriesOf<Schema extends TSchema>(schema: Schema, value: unknown): Static<Schema>[] {
  return Array.isArray(value) ? value.flatMap((entry: unknown) => (Value.Check(schema, entry) ? [entry] : [])) : []
}

/** Content blocks: paragraphs, sections, figures... `type` says which; other kinds may come any day. */
export const Block = Type.Object({ type: Type.String() })
export type Block = Static<typeof Block>
export const Blocks = Type.Array(Block)

/** A part that is text with a DOI of its own: abstract, digest, decision letter... */
export const Passage = Type.Object({
  doi: Type.Optional(Type.String()),
  id: Type.Optional(Type.String()),
  title: Type.Optional(Type.String()),
  description: Type.Optional(Blocks),
  content: Blocks,
  figures: Type.Optional(Blocks),
  lang: Type.Optional(Type.String()),
})
export type Passage = Static<typeof Passage>

/** The affiliation of a person. */
export const Place = Type.Object({
  name: Type.Optional(Type.Array(Type.String())),
  address: Type.Optional(Type.Object({ formatted: Type.Array(Type.String()) })),
})
export type Place = Static<typeof Place>

export const Person = Type.Object({
  id: Type.Optional(Type.String()),
  type: Type.String(),
  name: Type.Optional(
    Type.Union([Type.Object({ preferred: Type.String(), index: Type.Optional(Type.String()) }), Type.String()]),
  ),
  onBehalfOf: Type.Optional(Type.String()),
  orcid: Type.Optional(Type.String()),
  role: Type.Optional(Type.Union([Type.String(), Type.Object({ label: Type.String() })])),
  emailAddresses: Type.Optional(Type.Array(Type.String())),
  affiliations: Type.Optional(Type.Array(Place)),
  contribution: Type.Optional(Type.String()),
  competingInterests: Type.Optional(Type.String()),
  deceased: Type.Optional(Type.Boolean()),
  otherNames: Type.Optional(Type.Array(Type.String())),
  degrees: Type.Optional(Type.Array(Type.String())),
  additionalInformation: Type.Optional(Type.Array(Type.String())),
  equalContributionGroups: Type.Optional(Type.Array(Type.Integer())),
  biography: Type.Optional(Blocks),
  people: Type.Optional(Type.Unknown()),
  groups: Type.Optional(Type.Record(Type.String(), Type.Unknown())),
  soleMember: Type.Optional(Type.Unknown()),
})
export type Person = Static<typeof Person>

/** A file to load. */
export const Asset = Type.Object({
  id: Type.Optional(Type.String()),
  doi: Type.Optional(Type.String()),
  label: Type.Optional(Type.String()),
  title: Type.Optional(Type.String()),
  caption: Type.Optional(Blocks),
  uri: Type.String(),
  filename: Type.Optional(Type.String()),
  mediaType: Type.Optional(Type.String()),
  attribution: Type.Optional(Type.Array(Type.String())),
  longDescription: Type.Optional(Type.String()),
})
export type Asset = Static<typeof Asset>
