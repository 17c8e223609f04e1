import { derivativeStem, imageDerivatives } from '../naming/derivatives.ts'
import { classifyFile, isConvertible, type FileKind } from '../naming/file-kind.ts'
import { fileNamedBy, type NamedAsset } from '../jats/assets.ts'
import { findArticleXml } from './article-xml.ts'
import { isStillOf } from './video-still.ts'
import type { Journal } from '../journal/journal.ts'

/** A file of a package, as what it is used. */
export interface PlannedFile {
  readonly name: string
  readonly kind: FileKind
  /** Images are made of it. */
  readonly derive: boolean
  /** It is laid out for readers as it is; where false, the images made of it or of another file take its name. */
  readonly deposit: boolean
  /** The file that is shown in its place, where both show the same figure: `fig1.tif` of `fig1.jpg`. */
  readonly insteadOf?: string
  /** The XML does not name it, nor is it otherwise part of the article: readers are not meant to have it. */
  readonly unnamed?: true
}

/** Two files of which each must have one name among those that readers are given. */
export interface NameClash {
  readonly file: string
  readonly original: string
}

/** The fate of each file of a package. */
export interface PackagePlan {
  readonly files: readonly PlannedFile[]
  readonly clashes: readonly NameClash[]
}

/**
 * Plans what becomes of each file, by its name and by what the XML does with it. Each public name has one writer: of files that
 * differ in their extension alone images are made of that which the XML means, and a delivered file with the name of one of
 * those images is left out, or clashes where the XML means it too.
 *
 * @param files names at the top level of the package
 * @param assets files that the XML names
 */
export function planPackage(
  {
    journal,
    articleId,
    files,
  }: { readonly journal: Journal; readonly articleId: string; readonly files: readonly string[] },
  assets: readonly NamedAsset[],
): PackagePlan {
  const uses = usesOf(files, assets)
  const xml = findArticleXml({ journal, articleId, files })
  const kinds = new Map(
    files.map(
      (name) =>
        [
          name,
          'file' in xml && name === xml.file ? 'articleXml' : kindOf(name, journal, articleId, uses.get(name)),
        ] as const,
    ),
  )
  const convertible = files.filter((name) => isConvertible(name, kinds.get(name) ?? 'asset'))
  const originals = [...Map.groupBy(convertible, derivativeStem).values()].flatMap((same) => {
    const meant = same.filter((name) => uses.has(name))
    return meant.length > 0 ? meant : same.slice(0, 1)
  })
  const writers = new Map(
    originals.flatMap((name) => derivedNames(name, kinds.get(name)).map((derived) => [derived, name])),
  )
  const stems = new Map(originals.map((name) => [derivativeStem(name), name]))
  const clashes = files.flatMap((file) => {
    const original = writers.get(file)
    return original !== undefined && original !== file && uses.has(file) ? [{ file, original }] : []
  })
  return {
    clashes,
    files: files.map((name) => {
      const shown = convertible.includes(name) ? stems.get(derivativeStem(name)) : writers.get(name)
      const insteadOf = shown === undefined || shown === name || uses.has(name) ? {} : { insteadOf: shown }
      return {
        name,
        kind: kinds.get(name) ?? 'asset',
        derive: originals.includes(name),
        deposit: !writers.has(name) && !('insteadOf' in insteadOf),
        ...insteadOf,
        ...(isUnnamed(name, { kinds, uses, files }) && !('insteadOf' in insteadOf) && { unnamed: true as const }),
      }
    }),
  }
}

/** PDFs of the article and of its figures are found by their names; an image beside a video of its name is its still. */
function isUnnamed(
  name: string,
  {
    kinds,
    uses,
    files,
  }: {
    readonly kinds: ReadonlyMap<string, FileKind>
    readonly uses: ReadonlyMap<string, unknown>
    readonly files: readonly string[]
  },
): boolean {
  const kind = kinds.get(name)
  const found = kind === 'articleXml' || kind === 'articlePdf' || kind === 'figuresPdf'
  return !found && !uses.has(name) && !isStillOf(name, files)
}

/** Names of the images that are made of a file; their sizes do not matter for them. */
function derivedNames(name: string, kind: FileKind | undefined): readonly string[] {
  if (kind !== 'figure' && kind !== 'inline') return []
  return imageDerivatives(name, kind, { width: 1, height: 1 }).map((derivative) => derivative.name)
}

function usesOf(files: readonly string[], assets: readonly NamedAsset[]): ReadonlyMap<string, NamedAsset['use']> {
  const named = assets.flatMap(({ href, element, use }) => {
    const file = fileNamedBy(href, element, files)
    return file === undefined ? [] : [[file, use] as const]
  })
  // A figure needs every size, whatever else the same file is.
  return new Map([...named, ...named.filter(([, use]) => use === 'figure')])
}

/** The XML's use decides, but between figure and inline image a name that is of the article. */
function kindOf(name: string, journal: Journal, articleId: string, use: NamedAsset['use'] | undefined): FileKind {
  const byName = classifyFile(name, journal, articleId)
  if (use === undefined || (use === 'figure' && byName === 'inline')) return byName
  if (use === 'figure' || use === 'inline') return byName === 'figure' ? byName : use
  if (use === 'video') return 'video'
  return byName === 'foreign' || byName === 'figure' ? 'asset' : byName
}
