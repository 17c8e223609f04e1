import { json } from 'node:stream/consumers'
import { getFileNameLowLevel } from 'yauzl'
import { Type, type Static } from 'typebox'
import { Value } from 'typebox/value'
import { openPackage } from '../open.ts'

/**
 * The name of the manifest in an archived package. Names that begin with `_` are ignored in packages, so that an archive may be
 * delivered again.
 */
export const archiveManifestName = '_archive.json'

/** The facts about a published version that neither its name nor its files tell. */
export type ArchiveManifest = Static<typeof ArchiveManifest>
export const ArchiveManifest = Type.Object({
  format: Type.Literal(1),
  articleId: Type.String(),
  version: Type.Integer({ minimum: 1 }),
  /** The run that was published. */
  run: Type.String(),
  /** The instant at which the version became public, by the article store. The name has that of the last change. */
  published: Type.String(),
  /** The article JSON as the article store has it. */
  article: Type.Optional(Type.Record(Type.String(), Type.Unknown())),
  /** The EIF that the site was posted; absent in archives from before it was kept: it can be made of the XML. */
  eif: Type.Optional(Type.Record(Type.String(), Type.Unknown())),
})

/**
 * Reads the manifest of an archived package on disk; undefined where it has none that can be read (it was archived before there
 * was one).
 *
 * @throws {NotAZipFailure}
 */
export async function readArchiveManifest(path: string): Promise<ArchiveManifest | undefined> {
  const { zip } = await openPackage(path)
  try {
    for await (const entry of zip.eachEntry()) {
      const { generalPurposeBitFlag, fileNameRaw, extraFields } = entry
      if (getFileNameLowLevel(generalPurposeBitFlag, fileNameRaw, extraFields, false) !== archiveManifestName) continue
      const value = await json(await zip.openReadStreamPromise(entry)).catch(() => undefined)
      return Value.Check(ArchiveManifest, value) ? value : undefined
    }
    return undefined
  } finally {
    zip.close()
  }
}
