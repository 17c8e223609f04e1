import { isNumberOf } from '../journal/article-id.ts'
import { canonicalId, type Journal } from '../journal/journal.ts'

/**
 * A file name of a package in its parts: `<stem>[-v<version>].<extension>`.
 */
export interface AssetName {
  /** Without version suffix and extension: `elife-00353-fig1`, `journal.pone.0012345.g001`. */
  readonly stem: string
  readonly version?: number
  /** Without its dot, as written; empty when the name has none. */
  readonly extension: string
}

/** Extensions that are not of letters alone. */
const withDigits = new Set([
  '3g2',
  '3gp',
  '7z',
  'bz2',
  'f4v',
  'h5',
  'hdf5',
  'jp2',
  'm2v',
  'm4a',
  'm4v',
  'mp2',
  'mp3',
  'mp4',
])

/**
 * Takes any name apart; it never fails, for names in XML and in packages are only partly regular. The extension is what
 * follows the only dot, or the last of several where it is of letters or known; that of an archive is both, `tar.gz`. So
 * `journal.pone.0012345.g001` has none.
 */
export function parseAssetName(name: string): AssetName {
  const extension = extensionOf(name)
  const whole = extension === undefined ? name : name.slice(0, -extension.length - 1)
  const suffix = /-v(\d{1,9})$/.exec(whole)
  if (!suffix) return { stem: whole, extension: extension ?? '' }
  return { stem: whole.slice(0, suffix.index), version: Number(suffix[1]), extension: extension ?? '' }
}

function extensionOf(name: string): string | undefined {
  const [first = '', ...parts] = name.split('.')
  const last = parts.at(-1)
  if (last === undefined || (first === '' && parts.length === 1) || /[\s/]/.test(last)) return undefined
  if (parts.length === 1) return last
  if (parts.at(-2)?.toLowerCase() === 'tar') return parts.slice(-2).join('.')
  return /^[a-z]{1,8}$/i.test(last) || withDigits.has(last.toLowerCase()) ? last : undefined
}

/** The name of these parts. */
export function formatAssetName({ stem, version, extension }: AssetName): string {
  return stem + (version === undefined ? '' : `-v${version}`) + (extension && `.${extension}`)
}

/**
 * The parts of a name after that with what names of the article's files begin, `['fig1', 'figsupp2']`; undefined for a file
 * that is not named after the article.
 */
export function assetTokens(name: string, journal: Journal, articleId: string): readonly string[] | undefined {
  const wanted = canonicalId(journal, articleId)
  return splits(name, journal).find(({ number }) => canonicalId(journal, number) === wanted)?.tokens
}

/**
 * Tells if a name is that of some article of the journal. A word without a digit is no number of a file's name, whatever
 * the journal's pattern takes: `article.xml` is nobody's.
 */
export function isNamedAfterArticle(name: string, journal: Journal): boolean {
  return splits(name, journal).some(({ number }) => /\d/.test(number) && isNumberOf(journal, number))
}

/** Each number that a name may begin with, and what follows: numbers themselves may have dots and hyphens. */
function splits(name: string, { prefix, fileStem }: Journal) {
  const { stem } = parseAssetName(name)
  const [before = '', after = ''] = fileStem.replaceAll('{prefix}', () => prefix).split('{number}')
  if (!stem.toLowerCase().startsWith(before.toLowerCase())) return []
  const rest = stem.slice(before.length)
  const ends = [...rest.matchAll(/[-.]|$/g)].map(({ index }) => index)
  return ends.flatMap((end) => {
    const number = rest.slice(0, end)
    if (number === '' || !number.endsWith(after)) return []
    return [
      { number: number.slice(0, number.length - after.length), tokens: rest.slice(end).split(/[-.]/).filter(Boolean) },
    ]
  })
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
