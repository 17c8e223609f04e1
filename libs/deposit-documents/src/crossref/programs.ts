import type { JournalDetails } from '../record/journal.ts'
import type { RecordNotice } from '../record/notice.ts'
import type { ArticleRecord, Award } from '../record/record.ts'
import { el, elWith, type XmlElement } from '../xml/element.ts'

/** Parts of a record that Crossref keeps until they are emptied, and that a deposit may say empty. */
export type KeptPart = 'funding' | 'relations' | 'references' | 'updates' | 'text-mining'

/** Funding: a group for each award, the funder's identifier within its name. */
export function fundingProgram(awards: readonly Award[]): XmlElement {
  const groups = awards.map(({ funder, funderDoi, numbers }) =>
    assertion(
      'fundgroup',
      assertion('funder_name', funder, funderDoi !== undefined && assertion('funder_identifier', funderDoi)),
      numbers.map((number) => assertion('award_number', number)),
    ),
  )
  return elWith('fr:program', { name: 'fundref' }, groups)
}

function assertion(
  name: string,
  ...content: Parameters<typeof el> extends [string, ...infer Rest] ? Rest : never
): XmlElement {
  return elWith('fr:assertion', { name }, ...content)
}

/** The licence, for the version of record, the accepted manuscript and text mining. */
export function licenceProgram(
  { licenceUrl }: Pick<ArticleRecord, 'licenceUrl'>,
  startDate: string | undefined,
): XmlElement | undefined {
  if (licenceUrl === undefined || !/^https?:\/\/.+/i.test(licenceUrl)) return undefined
  return elWith(
    'ai:program',
    { name: 'AccessIndicators' },
    ['vor', 'am', 'tdm'].map((use) => elWith('ai:license_ref', { applies_to: use, start_date: startDate }, licenceUrl)),
  )
}

const registries: Readonly<Record<string, string>> = {
  anzctr: 'anzctr',
  chictr: 'chictr',
  clinicaltrials: 'clinicaltrials-gov',
  clinicaltrialsgov: 'clinicaltrials-gov',
  ctri: 'ctri',
  drks: 'drks',
  euctr: 'eu-clinical-trials-register',
  euclinicaltrialsregister: 'eu-clinical-trials-register',
  irct: 'irct',
  isrctn: 'isrctn',
  jprn: 'jprn',
  pactr: 'pactr',
  rebec: 'rebec',
}

/** Clinical trials of registries that Crossref numbers; others are left out. */
export function trialsProgram({ trials }: Pick<ArticleRecord, 'trials'>): XmlElement | undefined {
  const known = trials.flatMap(({ number, registry }) => {
    const name = registries[registry.toLowerCase().replaceAll(/[^a-z]/g, '')]
    return name === undefined ? [] : [elWith('ct:clinical-trial-number', { registry: `10.18810/${name}` }, number)]
  })
  return known.length === 0 ? undefined : el('ct:program', known)
}

const updateTypes: Readonly<Record<string, string>> = {
  'corrected-article': 'correction',
  'retracted-article': 'retraction',
  'object-of-concern': 'expression_of_concern',
}

/** A notice's word about another article: Crossref shows it there, and the article itself is not deposited again. */
export interface Update {
  readonly type: string
  readonly doi: string
  /** Its day; that of the record where absent. */
  readonly date?: string
}

/** Every article that a notice is about, not only the first. */
export function updatesOf({ related }: Pick<ArticleRecord, 'related'>): readonly Update[] {
  return related.flatMap(({ type, doi }) => {
    const update = updateTypes[type]
    return update === undefined ? [] : [{ type: update, doi }]
  })
}

/** The retraction or withdrawal of the article itself, in its own record: only where no notice of its own has a record that tells it. */
export function ownUpdates({ doi }: Pick<ArticleRecord, 'doi'>, notice: RecordNotice | undefined): readonly Update[] {
  return !notice || notice.doi !== undefined ? [] : [{ type: notice.kind, doi, date: notice.date }]
}

interface CrossmarkParts {
  readonly doi: string
  readonly crossmark: NonNullable<JournalDetails['crossmark']>
  readonly updates: readonly Update[]
  /** Day of the notice. */
  readonly date: string
  readonly programs: readonly XmlElement[]
}

/** Crossmark, with the programs in it that may then not stand outside. */
export function crossmarkElement({ doi, crossmark, updates, date, programs }: CrossmarkParts): XmlElement {
  return el(
    'crossmark',
    el('crossmark_version', '1'),
    el('crossmark_policy', crossmark.policy ?? doi),
    crossmark.domains.length > 0 &&
      el(
        'crossmark_domains',
        crossmark.domains.map((domain) => el('crossmark_domain', el('domain', domain))),
      ),
    el('crossmark_domain_exclusive', 'false'),
    updates.length > 0 &&
      el(
        'updates',
        updates.map((update) => elWith('update', { type: update.type, date: update.date ?? date }, update.doi)),
      ),
    programs.length > 0 && el('custom_metadata', programs),
  )
}
