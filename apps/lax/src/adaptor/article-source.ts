import { parseArticleId, type Journal } from '@continuum/article'
import { convertXml, type ReadBeside, type VersionFiles } from '@continuum/package'
import { parseJson } from '@continuum/service'
import { Type } from 'typebox'
import { Value } from 'typebox/value'
import type { Source } from './locations.ts'

/** Thrown when no article JSON can be made of what lies at a location. Never retried: it would fail again. */
export class RenderError extends Error {
  override readonly name = 'RenderError'
  readonly retry = false
}

const ArticleFile = Type.Object({ article: Type.Record(Type.String(), Type.Unknown()) })
const Size = Type.Object({ width: Type.Integer(), height: Type.Integer() })

/** The part that is used here of the manifest that the pipeline leaves beside the files of a run. */
const Manifest = Type.Object({
  files: Type.Array(Type.Object({ name: Type.String(), image: Type.Optional(Size) })),
})

/** The article that a source is expected to be. */
interface Wanted {
  readonly journals: readonly Journal[]
  readonly articleId: string
  readonly version: number
  readonly cdnUrl: string
  readonly location: string
}

/**
 * Reads article JSON, or makes it of XML. A location that ends in `.json` is article JSON, `{"article": {...}}`.
 *
 * @throws RenderError where there is none to make; DownloadError where a file beside the XML cannot be read
 */
export async function articleOf({ bytes, readBeside }: Source, wanted: Wanted): Promise<Record<string, unknown>> {
  if (new URL(wanted.location).pathname.endsWith('.json')) {
    const value = parseJson(Buffer.from(bytes).toString())
    if (Value.Check(ArticleFile, value)) return value.article
    throw new RenderError('the file is not JSON of the form {"article": {...}}')
  }
  const { journals, articleId } = wanted
  const journal = parseArticleId(articleId, journals)?.journal
  if (!journal) throw new RenderError(`${articleId} is no id of a journal of this store`)
  try {
    const known = await versionFiles(readBeside)
    const { article } = await convertXml(bytes, { ...wanted, journal, readBeside, known })
    return { ...article }
  } catch (cause) {
    if (cause instanceof Error && 'retry' in cause && cause.retry === false && cause.name !== 'DownloadError')
      throw new RenderError(cause.message, { cause })
    throw cause
  }
}

/** The files of a run of the pipeline; undefined where the XML is of no run. */
async function versionFiles(readBeside: ReadBeside): Promise<VersionFiles | undefined> {
  const bytes = await readBeside('manifest.json')
  const manifest = bytes && parseJson(Buffer.from(bytes).toString())
  if (!Value.Check(Manifest, manifest)) return undefined
  return {
    files: manifest.files.map(({ name }) => name),
    sizes: Object.fromEntries(manifest.files.flatMap(({ name, image }) => (image ? [[name, image]] : []))),
  }
}
