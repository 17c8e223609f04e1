import { Type, type Static } from 'typebox'

/** Somebody who is written to. */
export type Person = Static<typeof Person>
export const Person = Type.Object({ address: Type.String(), givenNames: Type.String(), surname: Type.String() })

/** A published version of an article, as lax knows it. */
export type PublishedVersion = Static<typeof PublishedVersion>
export const PublishedVersion = Type.Object({
  version: Type.Integer(),
  status: Type.Enum(['poa', 'vor']),
  /** The instant of its publication. */
  published: Type.String(),
})

/** A file for Crossref: its kind, all DOIs in it, and the kinds that go before it. */
export type CrossrefFile = Static<typeof CrossrefFile>
export const CrossrefFile = Type.Object({
  kind: Type.String(),
  dois: Type.Array(Type.String(), { minItems: 1 }),
  after: Type.Array(Type.String()),
})

/** A retraction or withdrawal of the article itself. */
export type Notice = Static<typeof Notice>
export const Notice = Type.Object({
  kind: Type.Enum(['retraction', 'withdrawal']),
  date: Type.String({ pattern: '^\\d{4}-\\d\\d-\\d\\d$', description: 'its day' }),
  doi: Type.Optional(
    Type.String({ pattern: '^10\\.\\d{4,9}/\\S+$', description: 'of the notice, where that is an article of its own' }),
  ),
})

/** The facts about a publication that decide who gets it. All were read when it was planned, and are kept. */
export type PublicationFacts = Static<typeof PublicationFacts>
export const PublicationFacts = Type.Object({
  articleId: Type.String(),
  version: Type.Integer(),
  run: Type.String(),
  journal: Type.String(),
  status: Type.Enum(['poa', 'vor']),
  doi: Type.String(),
  /** The files that Crossref gets, in their order, each with those that must be confirmed before. */
  crossref: Type.Array(CrossrefFile),
  /** The type of article JSON: research-article, insight, correction. */
  type: Type.String(),
  title: Type.String(),
  /** It replaced what was public of the same version. */
  silent: Type.Boolean(),
  /** All versions that are public, this one among them. */
  versions: Type.Array(PublishedVersion, { minItems: 1 }),
  hasVideo: Type.Boolean(),
  /** The articles of this environment that it is about, where it is an Insight. */
  about: Type.Array(Type.String()),
  /** Terms of the assessment: important, incomplete. */
  assessment: Type.Array(Type.String()),
  /** It is the retraction of a work that has no version in lax: a preprint. */
  retractsPreprint: Type.Boolean(),
  /** A retraction of it is public. */
  retracted: Type.Boolean(),
  /** It is retracted or withdrawn itself. */
  notice: Type.Optional(Notice),
  /** Nothing was published: recipients that have the article are told of its notice, or that it has none any more. */
  noticeOnly: Type.Optional(Type.Boolean()),
  /** The mail that its authors get, or why there is none. */
  mail: Type.Union([
    Type.Object({ template: Type.String(), to: Type.String(), alsoFeatures: Type.Optional(Type.Boolean()) }),
    Type.Object({ none: Type.String() }),
  ]),
  /** Those who are written to, each once; of an Insight, the authors of the article that it is about. */
  addresses: Type.Array(Person),
})

/** Returns the instant at which the article was first public. */
export function firstPublished({ versions }: Pick<PublicationFacts, 'versions'>): Temporal.Instant {
  return versions
    .map(({ published }) => Temporal.Instant.from(published))
    .reduce((one, other) => (Temporal.Instant.compare(one, other) <= 0 ? one : other))
}

/** Tells if the version is the first of its status. */
export function isFirstOfStatus({ versions, version, status }: PublicationFacts): boolean {
  return !versions.some((other) => other.status === status && other.version < version)
}

/** Tells if the version is the highest that is public. */
export function isHighest({ versions, version }: PublicationFacts): boolean {
  return versions.every((other) => other.version <= version)
}
