import { Type, type Static } from 'typebox'

/**
 * A package that a start put, or was about to put, into the production bucket. Kept in the data directory, so that a start after
 * a crash goes on with what was on its way instead of delivering it a second time (which would become a second version).
 */
export const FedDelivery = Type.Object({
  /** Key in the production bucket: the package's file name. */
  key: Type.String(),
  /** MD5 of its bytes in hex: the entity tag of a package that was put in one piece. */
  md5: Type.String(),
  /** The path of the file; absent for the sample article. */
  file: Type.Optional(Type.String()),
  automatic: Type.Boolean(),
  intendedAt: Type.String({ description: 'instant, before it was put' }),
  /** The dashboard's feed was at this number when it was fed: all that concerns it comes later. */
  after: Type.Integer(),
  put: Type.Boolean(),
  /** The outcome for this start; waiting for a person counts as one. */
  ended: Type.Optional(Type.Union([Type.Literal('published'), Type.Literal('ready'), Type.Literal('failed')])),
})
export type FedDelivery = Static<typeof FedDelivery>

/** A package that the user asks to feed now. */
export interface PackageFile {
  readonly key: string
  readonly md5: string
  readonly file?: string
}

/** The decision about a package that the user names. */
export type FeedDecision =
  | { act: 'deliver' }
  | { act: 'go on'; delivery: FedDelivery }
  | { act: 'leave'; delivery: FedDelivery }

/**
 * - never fed: deliver it;
 * - on its way (this very content, not ended): go on with that delivery;
 * - ended: a file that is named again is delivered again; the sample article, which nobody names, is left as it is.
 */
export function decideFeeding(asked: PackageFile, earlier: readonly FedDelivery[]): FeedDecision {
  const same = earlier.findLast((delivery) => delivery.key === asked.key && delivery.md5 === asked.md5)
  if (!same) return { act: 'deliver' }
  if (same.ended === undefined) return { act: 'go on', delivery: same }
  return asked.file === undefined ? { act: 'leave', delivery: same } : { act: 'deliver' }
}
