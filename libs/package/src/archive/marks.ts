import { Type, type Static } from 'typebox'
import { Value } from 'typebox/value'

/** A withdrawal of an archived article, kept beside the archive so that the article store can be made again with it. */
export type WithdrawalMark = Static<typeof WithdrawalMark>
export const WithdrawalMark = Type.Object({
  format: Type.Literal(1),
  who: Type.String({ minLength: 1 }),
  /** In words for readers. */
  why: Type.String({ minLength: 1 }),
  /** The instant of the withdrawal; of a retraction the beginning of its day, which the article store sets. */
  at: Type.String(),
})

/** A retraction: the text stays, with a notice. */
export type RetractionMark = Static<typeof RetractionMark>
export const RetractionMark = Type.Object({
  ...WithdrawalMark.properties,
  /** The DOI of the notice, where it is an article of its own. */
  notice: Type.Optional(Type.String()),
})

/**
 * Reads what a mark says, of either kind.
 *
 * @throws where it is none
 */
export function parseMark(text: string): RetractionMark {
  return Value.Parse(RetractionMark, JSON.parse(text))
}

/** The kinds of marks. */
export type MarkKind = 'withdrawal' | 'retraction'

/** Returns the key of a mark in the archive bucket. */
export function markKey(articleId: string, kind: MarkKind): string {
  return `marks/${articleId}/${kind}.json`
}

/** Reads the key of a mark; undefined for any other. */
export function readMarkKey(key: string): { readonly articleId: string; readonly kind: MarkKind } | undefined {
  const [, articleId, kind] = /^marks\/([a-z0-9-]+)\/(withdrawal|retraction)\.json$/.exec(key) ?? []
  if (articleId === undefined) return undefined
  return { articleId, kind: kind === 'withdrawal' ? kind : 'retraction' }
}

/** Returns the prefix in the archive bucket below which the files of a withdrawn article are kept, where no reader sees them. */
export function withdrawnPrefix(articleId: string): string {
  return `withdrawn/${articleId}/`
}

/** Reads the article from the key of a file of a withdrawn article; undefined for any other key. */
export function readWithdrawnKey(key: string): string | undefined {
  return /^withdrawn\/([a-z0-9-]+)\//.exec(key)?.[1]
}
