import { canonicalId, type ArticleStatus, type Journal } from './journal.ts'

/**
 * What the name of a package says.
 *
 * Grammar: `<prefix>-<id>-<poa|vor>[-r<revision>][-v<version>].zip` as typesetters deliver it, and
 * `<prefix>-<id>-<poa|vor>-v<version>-<YYYYMMDDHHMMSS>.zip` as the archive keeps it.
 */
export interface PackageName {
  readonly journal: Journal
  /** Padded. */
  readonly articleId: string
  readonly status: ArticleStatus
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
  constructor(key: string, reason: string, journals: readonly Journal[]) {
    const prefix = journals[0]?.prefix ?? 'journal'
    const right = `${prefix}-00353-vor-r1.zip, ${prefix}-00353-poa.zip or ${prefix}-00353-vor-v1-20121213000000.zip`
    super(`"${key}" is not the name of an article package: ${reason}. Rename it like ${right} and deliver it again.`)
    this.name = 'UnknownPackageName'
    this.key = key
  }
}

/**
 * Reads the last path element of an object key; a folder part is ignored.
 * A stamp counts only after a version: in `elife-00353-vor-20121213000000.zip` it is allowed and says nothing.
 *
 * @throws {UnknownPackageName} for anything outside the grammar; the message says which part is wrong.
 */
export function parsePackageName(key: string, journals: readonly Journal[]): PackageName {
  const refuse = (reason: string) => new UnknownPackageName(key, reason, journals)
  const name = key.slice(key.lastIndexOf('/') + 1)
  const journal = journals
    .filter(({ prefix }) => name.startsWith(`${prefix}-`))
    .toSorted((a, b) => b.prefix.length - a.prefix.length)[0]
  if (!journal) throw refuse(`it begins with no configured journal (${journals.map((j) => `${j.prefix}-`).join(', ')})`)
  if (!name.endsWith('.zip')) throw refuse('it does not end in .zip, in lower case')

  const [id = '', status = '', ...rest] = name.slice(journal.prefix.length + 1, -'.zip'.length).split('-')
  if (!/^\d{1,15}$/.test(id)) throw refuse(`"${id}" is not an article number`)
  if (status !== 'poa' && status !== 'vor') {
    throw refuse(status ? `"${status}" is neither poa nor vor` : 'it does not say poa or vor')
  }
  const tail = /^(?:r(?<revision>\d{1,9}))?(?:(?:^|-)v(?<version>[1-9]\d{0,8}))?(?:(?:^|-)(?<stamp>\d{14}))?$/.exec(
    rest.join('-'),
  )
  const { revision, version, stamp } = tail?.groups ?? {}
  const misplaced = !tail || (revision && stamp) || rest.includes('')
  if (misplaced) throw refuse(`"-${rest.join('-')}" is not -r<revision>, -v<version> or -v<version>-<YYYYMMDDHHMMSS>`)
  const date = stamp && instantOfStamp(stamp)
  if (stamp && !date) throw refuse(`"${stamp}" is not a date and time YYYYMMDDHHMMSS`)
  return {
    journal,
    articleId: canonicalId(journal, id),
    status,
    ...(revision && { revision: Number(revision) }),
    ...(version && { version: Number(version) }),
    ...(version && date && { date }),
  }
}

/** The name that `parsePackageName` reads as this value. A date is written only beside a version, and then no revision. */
export function formatPackageName(name: PackageName): string {
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
