import { articleVersionId } from '@continuum/article'
import { Type, type Static } from 'typebox'

/** One run of one version of an article. Version 0 stands for a version that is not known yet. */
export type Run = Static<typeof Run>
export const Run = Type.Object({
  /** Padded. */
  articleId: Type.String({ minLength: 1 }),
  version: Type.Integer({ minimum: 0 }),
  run: Type.String({ minLength: 1 }),
})

/** An unpacked run: the input of nearly every step after the first two. */
export type ArticleRun = Static<typeof ArticleRun>
export const ArticleRun = Type.Object({
  ...Run.properties,
  /** The file prefix of its journal: `elife`. */
  journal: Type.String(),
  /** From the package's name. */
  status: Type.Union([Type.Literal('poa'), Type.Literal('vor')]),
  /** `<id>.<version>/<run>`: its folder in the expanded bucket and in the EIF bucket. */
  folder: Type.String(),
  /** The package's name has a version: it is that version again, and may replace a published one. */
  resupplied: Type.Boolean(),
  /** The instant of the last update of the version, where the package's name has one. */
  updated: Type.Optional(Type.String()),
  /** It was published elsewhere before: it is published again under the date in its name, and recipients get it only where `deposits` says so. */
  imported: Type.Optional(Type.Object({ deposits: Type.Boolean() })),
})

/** Returns the instant under which an imported version is published; undefined of all others. */
export function importedDate({ imported, updated }: ArticleRun): string | undefined {
  return imported ? updated : undefined
}

/** Returns the folder of a run's files, `<id>.<version>/<run>`, in the expanded bucket and in the EIF bucket. */
export function folderOf({ articleId, version, run }: Run): string {
  return `${articleVersionId(articleId, version)}/${run}`
}
