import { derivativeStem, imageDerivatives } from '../naming/derivatives.ts'
import { classifyFile, isConvertible, needsConverter, type FileKind } from '../naming/file-kind.ts'
import { parseAssetName } from '../naming/asset-name.ts'
import { fileNamedBy, lossOf, type NamedAsset } from '../jats/assets.ts'
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
 * differ in their extension alone images are made of that which the XML means, or of several that it means the one that
 * loses least. A delivered file with the name of one of those images is left out. Where the XML means two of them as two
 * figures, they clash.
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
          'file' in xml && name === xml.file ? 'articleXml' : kindOf(name, journal, articleId, uses.get(name)?.use),
        ] as const,
    ),
  )
  const convertible = files.filter((name) => isConvertible(name, kinds.get(name) ?? 'asset'))
  const groups = [...Map.groupBy(convertible, derivativeStem).values()].map((same) => same.toSorted(byLoss))
  const originals = groups.flatMap((same) => {
    const meant = same.filter((name) => uses.has(name))
    const [shown] = meant.filter((name) => kinds.get(name) === 'figure').concat(meant)
    // One that nobody shows is no reason to refuse a package for want of a converter.
    return shown === undefined ? same.filter((name) => !needsConverter(name)).slice(0, 1) : [shown]
  })
  const writers = new Map(
    originals.flatMap((name) => derivedNames(name, kinds.get(name)).map((derived) => [derived, name])),
  )
  const stems = new Map(originals.map((name) => [derivativeStem(name), name]))
  const clashes = files.flatMap((file) => {
    const original = (convertible.includes(file) ? stems.get(derivativeStem(file)) : undefined) ?? writers.get(file)
    if (original === undefined || original === file || !uses.has(file)) return []
    return isOneFigure(uses.get(file), uses.get(original)) ? [] : [{ file, original }]
  })
  return {
    clashes,
    files: files.map((name) => {
      const shown = convertible.includes(name) ? stems.get(derivativeStem(name)) : writers.get(name)
      const insteadOf =
        shown === undefined || shown === name || (uses.has(name) && !writers.has(name)) ? {} : { insteadOf: shown }
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

function usesOf(files: readonly string[], assets: readonly NamedAsset[]): ReadonlyMap<string, NamedAsset> {
  const named = assets.flatMap((asset) => {
    const file = fileNamedBy(asset.href, asset.element, files)
    return file === undefined ? [] : [[file, asset] as const]
  })
  // A figure needs every size, whatever else the same file is.
  return new Map([...named, ...named.filter(([, { use }]) => use === 'figure')])
}

/** Two formats of a figure stand in one place of the XML: in `alternatives`, mostly. */
function isOneFigure(one: NamedAsset | undefined, other: NamedAsset | undefined): boolean {
  const isShown = (asset: NamedAsset | undefined) => asset?.use === 'figure' || asset?.use === 'inline'
  return isShown(one) && isShown(other) && one?.within !== undefined && one.within === other?.within
}

function byLoss(one: string, other: string): number {
  const loss = (name: string) => lossOf(parseAssetName(name).extension)
  return loss(one) - loss(other) || (one < other ? -1 : 1)
}

/** The XML's use decides, but between figure and inline image a name that is of the article. */
function kindOf(name: string, journal: Journal, articleId: string, use: NamedAsset['use'] | undefined): FileKind {
  const byName = classifyFile(name, journal, articleId)
  if (use === undefined || (use === 'figure' && byName === 'inline')) return byName
  if (use === 'figure' || use === 'inline') return byName === 'figure' ? byName : use
  if (use === 'video') return 'video'
  return byName === 'foreign' || byName === 'figure' ? 'asset' : byName
}
