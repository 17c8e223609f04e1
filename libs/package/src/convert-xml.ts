import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import {
  articleFileName,
  describeArticle,
  formatAssetName,
  namedAssets,
  parseArticleXml,
  parseAssetName,
  rewriteHrefs,
  toArticleJson,
  versionedFileName,
  type ArticleJson,
  type Journal,
  type NamedAsset,
  type Size,
} from '@continuum/article'
import { measureImage } from './unpacked.ts'

/** Reads a file that lies beside the XML; undefined where there is none. */
export type ReadBeside = (name: string) => Promise<Uint8Array | undefined>

/** The files of a version of an article, and the sizes in pixels of its images. */
export interface VersionFiles {
  readonly files: readonly string[]
  readonly sizes: Readonly<Record<string, Size>>
}

/** An XML that lies somewhere, with the facts that it does not have itself. */
export interface LooseXml {
  readonly journal: Journal
  readonly journals: readonly Journal[]
  readonly articleId: string
  readonly version: number
  /** The address of the files for readers, without a trailing slash. */
  readonly cdnUrl: string
  /** The address of the XML; for the article store. */
  readonly location?: string
  readonly readBeside: ReadBeside
  /** Names of all files beside the XML, where they are known; otherwise that its PDF is there is taken for granted. */
  readonly names?: readonly string[]
  /** The version's files, where they are known; otherwise the images beside the XML are measured. */
  readonly known?: VersionFiles | undefined
}

/**
 * Converts an XML that lies beside its images, outside of any package.
 *
 * @throws what `parseArticleXml`, `describeArticle` and `toArticleJson` throw; their `retry` is false
 */
export async function convertXml(bytes: Uint8Array, about: LooseXml): Promise<ArticleJson> {
  const { journal, journals, articleId, version, cdnUrl, location, known } = about
  const assets = namedAssets(parseArticleXml(bytes), journal)
  const found = known ?? (await filesBeside(assets, about))
  const renames = new Map(found.files.map((name) => [name, versionedFileName(name, version)]))
  const xml = parseArticleXml(rewriteHrefs(bytes, renames))
  const { names = [articleFileName(journal, articleId, version, 'pdf')] } = about
  const files = [...renames.values(), ...names.map((name) => versionedFileName(name, version))]
  const sizes = Object.fromEntries(
    Object.entries(found.sizes).map(([name, size]) => [versionedFileName(name, version), size]),
  )
  const description = describeArticle(xml, journal, { packagedAs: articleId, journals })
  return toArticleJson(xml, { journal, version, cdnUrl, sizes, files: [...new Set(files)], description, location })
}

/** Extensions that are tried, in this order, for an image that is named without one. */
const imageExtensions = ['tif', 'tiff', 'jpg', 'png']

async function filesBeside(assets: readonly NamedAsset[], { readBeside, version }: LooseXml): Promise<VersionFiles> {
  const sizes: Record<string, Size> = {}
  const scratch = await mkdtemp(join(tmpdir(), 'continuum-image-'))
  try {
    const images = assets.filter(({ use }) => use === 'figure' || use === 'inline')
    for (const href of new Set(images.map((asset) => asset.href))) {
      for (const name of candidates(href, version)) {
        const bytes = await readBeside(name)
        if (!bytes) continue
        const path = join(scratch, 'image')
        await writeFile(path, bytes)
        const { image } = await measureImage(path)
        if (image) sizes[name] = image
        break
      }
    }
  } finally {
    await rm(scratch, { recursive: true, force: true })
  }
  const named = assets.filter(({ use }) => use !== 'figure' && use !== 'inline').map(({ href }) => href)
  return { files: [...new Set([...Object.keys(sizes), ...named])], sizes }
}

/** The names that the file of an image may have: as written, and in its version. */
function candidates(href: string, version: number): readonly string[] {
  if (/[/:\\]/.test(href)) return []
  const { stem, version: written, extension } = parseAssetName(href)
  const extensions = extension === '' ? imageExtensions : [extension]
  return extensions.flatMap((each) => {
    const asWritten = { stem, extension: each, ...(written !== undefined && { version: written }) }
    return [formatAssetName(asWritten), versionedFileName(formatAssetName(asWritten), version)]
  })
}
