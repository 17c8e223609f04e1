import { Value } from 'typebox/value'
import type { Journal } from './journal.ts'
import { JournalSettings } from './settings.ts'

/** The grammar of package names that the original's typesetters and archive use. */
export const standardPackageName =
  '{prefix}-(?<number>{number})-(?<status>poa|vor)(?:-r(?<revision>[0-9]{1,9}))?(?:-v(?<version>[1-9][0-9]{0,8}))?(?:-(?<date>[0-9]{14}))?\\.zip'

/** The same without a status, which the XML then says by having a body or none. */
const withoutStatus =
  '{prefix}-(?<number>{number})(?:-r(?<revision>[0-9]{1,9}))?(?:-v(?<version>[1-9][0-9]{0,8}))?\\.zip'

/** Creative Commons' licences, in any version. */
const creativeCommons = ['CC-BY', 'CC-BY-SA', 'CC-BY-ND', 'CC-BY-NC', 'CC-BY-NC-SA', 'CC-BY-NC-ND', 'CC0']

/** Thrown when a journal's settings are not right, with every problem at once. Never retried: the file must be corrected. */
export class JournalSettingsError extends Error {
  override readonly name = 'JournalSettingsError'
  readonly retry = false
  readonly problems: readonly string[]
  constructor(problems: readonly string[]) {
    super(`The journal's settings are not right: ${problems.join('; ')}.`)
    this.problems = problems
  }
}

/**
 * A journal of its settings, with those of a common JATS journal wherever they say nothing. Alone, it is the default.
 *
 * @param settings the content of a journal's JSON file
 * @throws {JournalSettingsError} naming each value that is missing, wrong or unknown
 */
export function journalWithDefaults(settings: unknown): Journal {
  const problems = journalProblems(settings)
  if (problems.length > 0 || !Value.Check(JournalSettings, settings)) throw new JournalSettingsError(problems)
  return complete(settings, true)
}

/**
 * The journals of an environment. Ids of the default one's articles are the bare numbers: of that which is called so, else
 * of the first.
 *
 * @throws {JournalSettingsError} where two journals have one prefix, or two are called the default
 */
export function journalsOf(list: readonly JournalSettings[]): readonly Journal[] {
  const prefixes = list.map(({ prefix }) => prefix)
  const twice = prefixes.filter((prefix, index) => prefixes.indexOf(prefix) !== index)
  const defaults = list.filter((settings) => settings.default === true)
  const problems = [
    ...[...new Set(twice)].map((prefix) => `two journals have the prefix "${prefix}"`),
    ...(defaults.length > 1
      ? [`${defaults.map(({ prefix }) => prefix).join(' and ')} are both called the default`]
      : []),
  ]
  if (problems.length > 0) throw new JournalSettingsError(problems)
  const bare = defaults[0] ?? list[0]
  return list.map((settings) => complete(settings, settings === bare))
}

function complete(settings: JournalSettings, bareIds: boolean): Journal {
  const { doi, publicationDate, images } = settings
  return {
    name: settings.name,
    publisher: settings.publisher,
    prefix: settings.prefix,
    doiPrefix: settings.doiPrefix,
    issn: settings.issn,
    bareIds,
    idDigits: settings.idDigits ?? 5,
    firstVolumeYear: settings.firstVolumeYear,
    numberPattern: settings.numberPattern ?? '[A-Za-z0-9]+(?:[._/()-]+[A-Za-z0-9]+)*?',
    numberExample: settings.numberExample ?? '00353',
    numberFrom: settings.numberFrom ?? ['doi', 'publisher-id', 'file-name'],
    doi: { required: doi?.required ?? true, check: doi?.check ?? 'prefix' },
    elocationId: settings.elocationId,
    fileStem: settings.fileStem ?? '{prefix}-{number}',
    packageNames: settings.packageNames ?? [standardPackageName, withoutStatus],
    licences: settings.licences ?? creativeCommons,
    articleTypes: settings.articleTypes,
    publicationDate: {
      precision: publicationDate?.precision ?? 'year',
      types: publicationDate?.types ?? commonDates,
    },
    languages: settings.languages,
    images: {
      formats: images?.formats ?? ['tiff', 'png', 'jpeg', 'gif', 'webp', 'avif', 'svg', 'eps', 'pdf'],
      missing: images?.missing ?? 'problem',
    },
    toleratedLosses: settings.toleratedLosses ?? [],
    publishUnnamedFiles: settings.publishUnnamedFiles ?? false,
    publicApi: settings.publicApi ?? false,
    timeZone: settings.timeZone ?? 'UTC',
  }
}

/** Of the article itself before those of its issue, its volume and its archive. */
const commonDates = [
  'pub',
  'epub',
  'publication',
  'original-publication',
  'electronic',
  'epub-ppub',
  'ppub',
  'print',
].concat(['collection', 'issue-pub', 'epreprint', 'preprint', 'pmc-release'])

/** All that is wrong with a journal's settings; nothing for settings that `journalWithDefaults` takes. */
export function journalProblems(settings: unknown): readonly string[] {
  return Value.Check(JournalSettings, settings) ? patternProblems(complete(settings, true)) : shapeProblems(settings)
}

function patternProblems(journal: Journal): readonly string[] {
  if (!isTimeZone(journal.timeZone))
    return [`timeZone ${journal.timeZone} is not a time zone; expected such as Europe/London`]
  const number = reasonAgainst(journal.numberPattern)
  if (number !== undefined) return [`numberPattern is no regular expression (${number})`]
  return journal.packageNames.flatMap((pattern, index) => {
    const reason = reasonAgainst(filledPattern(journal, pattern))
    if (reason !== undefined) return [`packageNames.${index} is no regular expression (${reason})`]
    return pattern.includes('(?<number>') ? [] : [`packageNames.${index} has no group (?<number>...)`]
  })
}

function isTimeZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== ''
  } catch {
    return false
  }
}

function reasonAgainst(pattern: string): string | undefined {
  try {
    void new RegExp(pattern)
    return undefined
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  }
}

/** A pattern for names, with the journal's prefix and its pattern of numbers in their places. */
export function filledPattern({ prefix, numberPattern }: Journal, pattern: string): string {
  return pattern.replaceAll('{prefix}', () => prefix).replaceAll('{number}', () => numberPattern)
}

function shapeProblems(settings: unknown): readonly string[] {
  return Value.Errors(JournalSettings, settings).map(({ instancePath, message, params }) => {
    const path = instancePath.slice(1).replaceAll('/', '.')
    const unknown = 'additionalProperties' in params ? ` (${params.additionalProperties.join(', ')})` : ''
    const known = 'allowedValues' in params ? ` (${params.allowedValues.join(', ')})` : ''
    return `${path === '' ? 'it' : path} ${message}${unknown}${known}`
  })
}
