import { articleIdOf, isArticleId, isNumberOf } from '../journal/article-id.ts'
import { filledPattern, standardPackageName } from '../journal/complete.ts'
import { canonicalId, type ArticleStatus, type Journal } from '../journal/journal.ts'

/**
 * The name of a package in its parts.
 *
 * Each journal's settings have patterns for its packages. That of the original is
 * `<prefix>-<number>-<poa|vor>[-r<revision>][-v<version>].zip` as typesetters deliver it, and
 * `<prefix>-<number>-<poa|vor>-v<version>-<YYYYMMDDHHMMSS>.zip` as the archive keeps it, of every journal.
 */
export interface PackageName {
  readonly journal: Journal
  /** The article's id, as `articleIdOf` makes it. */
  readonly articleId: string
  /** Absent where the journal's names do not say it: then the XML does. */
  readonly status?: ArticleStatus
  /** The typesetter's own count of deliveries; it says nothing about the article's version. */
  readonly revision?: number
  /** Present on a re-supply: the package is this version again. */
  readonly version?: number
  /** UTC instant with whole seconds, `2012-12-13T00:00:00Z`: when this version was last updated. Only beside `version`. */
  readonly date?: string
}

/** Thrown when a key is not the name of a package of a configured journal. Feeding it again cannot help. */
export class UnknownPackageName extends Error {
  readonly retry = false
  readonly key: string
  constructor(key: string, reason: string, meant: Journal | undefined) {
    const right = meant ? exampleNames(meant) : 'a package of a configured journal'
    super(`"${key}" is not the name of an article package: ${reason}. Rename it like ${right} and deliver it again.`)
    this.name = 'UnknownPackageName'
    this.key = key
  }
}

/**
 * Reads the last path element of an object key; a folder part is ignored.
 * A stamp counts only after a version: in `elife-00353-vor-20121213000000.zip` it is allowed and says nothing.
 *
 * @throws {UnknownPackageName} for anything that no journal's patterns know; the message says which part is wrong.
 */
export function parsePackageName(key: string, journals: readonly Journal[]): PackageName {
  const name = key.slice(key.lastIndexOf('/') + 1)
  const byPrefixLength = journals.toSorted((a, b) => b.prefix.length - a.prefix.length)
  for (const journal of byPrefixLength) {
    const groups = matchOf(journal, name)
    if (groups) return packageOf(groups, journal, journals, (reason) => new UnknownPackageName(key, reason, journal))
  }
  const begins = (text: string) => name.toLowerCase().startsWith(text.toLowerCase())
  const meant =
    byPrefixLength.find(({ prefix }) => begins(`${prefix}-`)) ??
    byPrefixLength.find((journal) => beginningsOf(journal).some((text) => text.length > 2 && begins(text)))
  throw new UnknownPackageName(key, reasonOf(name, meant, journals), meant ?? journals[0])
}

/** The name that `parsePackageName` reads as this value. A date is written only beside a version, and then no revision. */
export function formatPackageName(name: PackageName & { readonly status: ArticleStatus }): string {
  const { journal, articleId, status, revision, version, date } = name
  const stamp = version !== undefined && date !== undefined ? `-${stampOf(date)}` : ''
  const r = revision !== undefined && !stamp ? `-r${revision}` : ''
  const v = version === undefined ? '' : `-v${version}`
  return `${journal.prefix}-${canonicalId(journal, articleId)}-${status}${r}${v}${stamp}.zip`
}

/** The archive's name of a published version: `elife-00353-vor-v1-20121213000000.zip`. `date` is a UTC instant. */
export function archiveName(
  journal: Journal,
  articleId: string,
  status: ArticleStatus,
  version: number,
  date: string,
): string {
  return formatPackageName({ journal, articleId, status, version, date })
}

/** Names that a package of the journal may have, for a message. */
export function exampleNames(journal: Journal): string {
  const { prefix, packageNames, numberExample } = journal
  if (packageNames.includes(standardPackageName)) {
    const stem = `${prefix}-${isNumberOf(journal, numberExample) ? numberExample : '<number>'}`
    return `${stem}-vor-r1.zip, ${stem}-poa.zip or ${stem}-vor-v1-20121213000000.zip`
  }
  return packageNames.map((pattern) => exampleOf(journal, pattern)).join(' or ')
}

type Groups = Readonly<Partial<Record<string, string>>>

function matchOf(journal: Journal, name: string): Groups | undefined {
  for (const pattern of journal.packageNames) {
    const groups = patternOf(journal, pattern).exec(name)?.groups
    if (groups?.['number'] !== undefined && isNumberOf(journal, groups['number'])) return groups
  }
  return archivedMatch(journal, name)
}

function patternOf(journal: Journal, pattern: string): RegExp {
  return new RegExp(`^(?:${filledPattern(journal, pattern)})$`)
}

/** The archive writes the number of `pone.0012345` as it stands in ids, `pone-0012345`. */
function archivedMatch(journal: Journal, name: string): Groups | undefined {
  const archived =
    /^(?<prefix>[a-z0-9]+)-(?<number>[a-z0-9]+(?:-[a-z0-9]+)+)-(?<status>poa|vor)-v(?<version>[1-9]\d{0,8})-(?<date>\d{14})\.zip$/
  const groups = archived.exec(name)?.groups
  const number = groups?.['number'] ?? ''
  const isItsOwn = ['.', '_', '/', '-'].some((sign) => isNumberOf(journal, number.replaceAll('-', sign)))
  return groups?.['prefix'] === journal.prefix && isItsOwn ? groups : undefined
}

function packageOf(
  groups: Groups,
  journal: Journal,
  journals: readonly Journal[],
  refuse: (reason: string) => UnknownPackageName,
): PackageName {
  const { number = '', status, revision, version, date: stamp } = groups
  if (revision !== undefined && stamp !== undefined) throw refuse(`"-r${revision}-${stamp}" ${notATail}`)
  const date = stamp === undefined ? undefined : instantOfStamp(stamp)
  if (stamp !== undefined && date === undefined) throw refuse(`"${stamp}" is not a date and time YYYYMMDDHHMMSS`)
  if (status !== undefined && !isStatus(status)) throw refuse(`"${status}" is neither poa nor vor`)
  const articleId = articleIdOf(journal, number)
  if (!isArticleId(articleId)) throw refuse(`"${number}" is no article number that an id can be made of`)
  const other = journals.find(({ bareIds, prefix }) => !bareIds && articleId.startsWith(`${prefix}-`))
  if (other && other !== journal) throw refuse(`"${number}" reads like the id of an article of ${other.name}`)
  return {
    journal,
    articleId,
    ...(status && { status }),
    ...(revision && { revision: Number(revision) }),
    ...(version && { version: Number(version) }),
    ...(version && date && { date }),
  }
}

const notATail = 'is not -r<revision>, -v<version> or -v<version>-<YYYYMMDDHHMMSS>'

/** The first part of a name that is wrong, by the grammar of the original; a journal with patterns of its own has no such. */
function reasonOf(name: string, meant: Journal | undefined, journals: readonly Journal[]): string {
  const known = [...new Set(journals.flatMap(beginningsOf))].join(', ')
  if (!meant) return `it begins with no configured journal (${known})`
  const usual = `${meant.prefix}-`
  if (!name.toLowerCase().startsWith(usual)) return `it is not named as packages of ${meant.name} are`
  const begin = name.slice(0, usual.length)
  if (begin !== usual) {
    return `it begins with no configured journal (${known}): "${begin}" must be in lower case`
  }
  if (!meant.packageNames.includes(standardPackageName)) return `it is not named as packages of ${meant.name} are`
  if (!name.endsWith('.zip')) return 'it does not end in .zip, in lower case'
  const [id = '', status = '', ...rest] = name.slice(begin.length, -'.zip'.length).split('-')
  if (!isNumberOf(meant, id)) return `"${id}" is not an article number`
  if (!isStatus(status)) return status ? `"${status}" is neither poa nor vor` : 'it does not say poa or vor'
  return `"-${rest.join('-')}" ${notATail}`
}

/** The text with which packages of a journal begin, by each of its patterns. */
function beginningsOf(journal: Journal): readonly string[] {
  const texts = journal.packageNames.map((pattern) => {
    const filled = pattern.replaceAll('{prefix}', () => journal.prefix)
    const [plain = ''] = /^(?:\\[^A-Za-z0-9]|[^\\.*+?^${}()|[\]])*/.exec(filled) ?? []
    return plain.replaceAll('\\', '')
  })
  return [...new Set(texts.filter((text) => text !== ''))]
}

function isStatus(status: string): status is ArticleStatus {
  return status === 'poa' || status === 'vor'
}

const exampleParts: Readonly<Record<string, string>> = {
  status: 'vor',
  revision: '1',
  version: '1',
  date: '20121213000000',
}

/** A name that the pattern matches: without what is optional, and with the example number. The pattern itself where that fails. */
function exampleOf(journal: Journal, pattern: string): string {
  let name = pattern.replaceAll('{prefix}', journal.prefix).replaceAll('{number}', 'N')
  for (let before = ''; before !== name;) {
    before = name
    name = name
      .replaceAll(/\((?:\?:|\?<\w+>)?[^()]*\)\?/g, '')
      .replaceAll(/\(\?<(\w+)>[^()]*\)/g, (whole, part: string) =>
        part === 'number' ? journal.numberExample : (exampleParts[part] ?? whole),
      )
  }
  const plain = name.replaceAll(/\\(.)/g, '$1')
  return patternOf(journal, pattern).test(plain) ? plain : pattern
}

function instantOfStamp(stamp: string): string | undefined {
  const iso = stamp.replace(/^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)$/, '$1-$2-$3T$4:$5:$6Z')
  // Temporal reads a leap second as :59, which would not be the stamp that was given.
  if (stamp.endsWith('60')) return undefined
  try {
    return Temporal.Instant.from(iso).toString()
  } catch {
    return undefined
  }
}

function stampOf(date: string): string {
  return Temporal.Instant.from(date).toString({ smallestUnit: 'second' }).replaceAll(/\D/g, '')
}
