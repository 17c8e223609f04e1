import { canonicalId, type Journal } from './journal.ts'

/**
 * A file name of a package in its parts: `<stem>[-v<version>].<extension>`.
 * The stem ends at the first dot, so `.tar.gz` is one extension.
 */
export interface AssetName {
  /** Without version suffix and extension: `elife-00353-fig1`. */
  readonly stem: string
  readonly version?: number
  /** Without its dot, as written; empty when the name has none. */
  readonly extension: string
}

/** Takes any name apart; it never fails, for names in XML and in packages are only partly regular. */
export function parseAssetName(name: string): AssetName {
  const dot = name.indexOf('.')
  const [whole, extension] = dot < 1 ? [name, ''] : [name.slice(0, dot), name.slice(dot + 1)]
  const suffix = /-v(\d{1,9})$/.exec(whole)
  if (!suffix) return { stem: whole, extension }
  return { stem: whole.slice(0, suffix.index), version: Number(suffix[1]), extension }
}

/** The name of these parts. */
export function formatAssetName({ stem, version, extension }: AssetName): string {
  return stem + (version === undefined ? '' : `-v${version}`) + (extension && `.${extension}`)
}

/** The hyphenated parts after journal and number: `['fig1', 'figsupp2']`; undefined for another article's file. */
export function assetTokens(name: string, journal: Journal, articleId: string): readonly string[] | undefined {
  const { stem } = parseAssetName(name)
  const [id = '', ...tokens] = stem.startsWith(`${journal.prefix}-`)
    ? stem.slice(journal.prefix.length + 1).split('-')
    : []
  return /^\d+$/.test(id) && canonicalId(journal, id) === canonicalId(journal, articleId) ? tokens : undefined
}

/** Videos keep the name they came with: the last part of their stem begins `media` or `video`. */
export function isVideoName(name: string): boolean {
  return /-(?:media|video)[^-]*$/.test(parseAssetName(name).stem)
}

/**
 * The name of a package's file in one version of the article: `elife-00353-fig1.tif` becomes
 * `elife-00353-fig1-v1.tif`. A version that the name already has is replaced, so doing it twice is doing it once.
 * Videos are not versioned and keep their name.
 */
export function versionedFileName(name: string, version: number): string {
  return isVideoName(name) ? name : formatAssetName({ ...parseAssetName(name), version })
}

/** The document of one version under its versioned name: `elife-00353-v1.xml`, `elife-00353-figures-v1.pdf`. */
export function articleFileName(
  journal: Journal,
  articleId: string,
  version: number,
  extension: string,
  part?: string,
): string {
  const stem = `${journal.prefix}-${canonicalId(journal, articleId)}${part ? `-${part}` : ''}`
  return formatAssetName({ stem, version, extension })
}
