import { Type, type Static } from 'typebox'

/** Of which article, version and run something is said or done. Version 0 is one not known yet. */
export type Run = Static<typeof Run>
export const Run = Type.Object({
  /** Padded. */
  articleId: Type.String({ minLength: 1 }),
  version: Type.Integer({ minimum: 0 }),
  run: Type.String({ minLength: 1 }),
})

/** An unpacked run: what every step after the first is told. */
export type ArticleRun = Static<typeof ArticleRun>
export const ArticleRun = Type.Object({
  ...Run.properties,
  /** File prefix of its journal: `elife`. */
  journal: Type.String(),
  /** As the package is named. */
  status: Type.Union([Type.Literal('poa'), Type.Literal('vor')]),
  /** `<id>.<version>/<run>`: its folder in the expanded bucket and in the EIF bucket. */
  folder: Type.String(),
  /** The package is named with a version: it is that version again, and may replace a published one. */
  resupplied: Type.Boolean(),
  /** Instant of the version's last update, where the package's name has one. */
  updated: Type.Optional(Type.String()),
})
