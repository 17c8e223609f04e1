import type { FileServer, RecipientSettings } from '../src/index.ts'

/** The addresses of eLife's recipients: an environment has those that it names. */
export interface Addresses {
  readonly crossref?: string
  readonly doaj?: string
  /** E-utilities, which are asked for citations. */
  readonly pubmedAnswers?: string
  readonly jisc?: string
  readonly repository?: string
  readonly smtp?: { readonly host: string; readonly port: number; readonly user?: string }
  /** The server of each file recipient, by its name. */
  readonly server: (name: string, protocol: FileServer['protocol']) => FileServer | undefined
  readonly user: string
}

const utc = (hour: number, minute: number) => ({ cron: `${minute} ${hour} * * *`, zone: 'UTC' })
const london = (hour: number, minute: number) => ({ cron: `${minute} ${hour} * * *`, zone: 'Europe/London' })
const both = ['poa', 'vor'] as const

/**
 * eLife's recipients, with the rules by which each gets what is published. A file recipient is a few lines: who, by which protocol, when,
 * what, under which name.
 */
export function elifeRecipients(addresses: Addresses): RecipientSettings[] {
  const { crossref, doaj, jisc, pubmedAnswers, repository, smtp, user } = addresses
  const files = (
    name: string,
    title: string,
    protocol: FileServer['protocol'],
    more: Pick<Files, 'schedule' | 'files' | 'fileName'> & Partial<Files>,
  ): RecipientSettings[] => {
    const server = addresses.server(name, protocol)
    return server
      ? [{ kind: 'files', name, title, server, journals: ['elife'], statuses: ['vor'], silent: 'always', ...more }]
      : []
  }
  const everything = { files: 'everything', fileName: '{prefix}-{volume}-{id}.zip' } as const
  const [pubmed, pmc] = [addresses.server('pubmed', 'sftp'), addresses.server('pmc', 'ftp')]
  return [
    ...(crossref === undefined
      ? []
      : [
          {
            kind: 'crossref' as const,
            name: 'crossref',
            title: 'Crossref',
            url: crossref,
            user,
            statuses: [...both],
            silent: 'highest' as const,
            schedule: 'at once' as const,
            depositor: { name: 'eLife', email: 'production@elifesciences.org' },
            registrant: 'eLife',
            crossmark: { domains: ['elifesciences.org'] },
          },
        ]),
    ...(pubmed
      ? [
          {
            kind: 'pubmed' as const,
            name: 'pubmed',
            title: 'PubMed',
            server: pubmed,
            journalTitle: 'Elife',
            ...(pubmedAnswers !== undefined && { answers: pubmedAnswers }),
            statuses: [...both],
            silent: 'never' as const,
            schedule: { cron: '45 * * * *', zone: 'UTC' },
          },
        ]
      : []),
    ...(pmc
      ? [
          {
            kind: 'pmc' as const,
            name: 'pmc',
            title: 'PMC',
            server: pmc,
            statuses: ['vor' as const],
            silent: 'always' as const,
            retracted: false,
            schedule: utc(20, 30),
          },
        ]
      : []),
    ...(doaj === undefined
      ? []
      : [
          {
            kind: 'doaj' as const,
            name: 'doaj',
            title: 'DOAJ',
            url: doaj,
            statuses: ['vor' as const],
            silent: 'always' as const,
            schedule: 'at once' as const,
          },
        ]),
    ...(repository === undefined
      ? []
      : [
          {
            kind: 'xml-repository' as const,
            name: 'xml-repository',
            title: 'XML repository',
            url: repository,
            statuses: [...both],
            silent: 'always' as const,
            schedule: 'at once' as const,
          },
        ]),
    ...(jisc === undefined
      ? []
      : [
          {
            kind: 'jisc' as const,
            name: 'jisc',
            title: 'Jisc Publications Router',
            url: jisc,
            statuses: ['vor' as const],
            silent: 'never' as const,
            firstOnly: true,
            onceOnly: true,
            schedule: utc(23, 0),
          },
        ]),
    ...files('clockss', 'CLOCKSS', 'ftp', { schedule: utc(22, 0), ...everything, retracted: true }),
    ...files('gooa', 'GoOA', 'ftp', { schedule: utc(21, 45), ...everything, onceOnly: true, retracted: false }),
    ...files('cnpiec', 'CNPIEC', 'ftp', { schedule: utc(23, 30), ...everything, onceOnly: true, retracted: false }),
    ...files('cengage', 'Cengage', 'ftp', {
      schedule: utc(22, 45),
      files: ['xml', 'pdf'],
      fileName: '{prefix}-{id}-xml-pdf.zip',
      withoutVersionDoi: true,
      onceOnly: true,
      retracted: false,
    }),
    ...files('wos', 'Web of Science', 'ftp', {
      schedule: utc(21, 30),
      files: ['xml', 'pdf'],
      fileName: '{prefix}-{id}-xml-pdf.zip',
      withoutVersionDoi: true,
      onceOnly: true,
      retracted: false,
      withoutWords: ['incomplete', 'inadequate'],
    }),
    ...files('cnki', 'CNKI', 'ftp', {
      schedule: utc(23, 0),
      files: ['xml'],
      fileName: '{prefix}-{id}-xml.zip',
      onceOnly: true,
      retracted: false,
    }),
    ...files('ovid', 'OVID', 'ftp', { schedule: utc(22, 15), ...everything, statuses: [...both], retracted: false }),
    ...files('zendy', 'Zendy', 'sftp', { schedule: utc(21, 15), ...everything, statuses: [...both], retracted: false }),
    ...files('scilit', 'Scilit', 'sftp', {
      schedule: utc(23, 15),
      statuses: [...both],
      files: ['xml'],
      unzipped: true,
      keepVersion: true,
      withoutVersionDoi: true,
      fileName: '{prefix}-{id}-v{version}.xml',
      retracted: false,
    }),
    ...files('oaswitchboard', 'OA Switchboard', 'sftp', {
      schedule: utc(22, 30),
      files: ['xml'],
      unzipped: true,
      fileName: '{prefix}-{id}.xml',
      silent: 'never',
      firstOnly: true,
      onceOnly: true,
      articleTypes: ['research-article', 'research-advance', 'short-report', 'tools-resources'],
    }),
    ...(smtp
      ? [
          {
            kind: 'mail' as const,
            name: 'authors',
            title: 'Authors',
            audience: 'authors' as const,
            smtp,
            from: 'features@elifesciences.org',
            statuses: [...both],
            silent: 'never' as const,
            firstOnly: true,
            retracted: false,
            schedule: london(22, 45),
          },
          {
            kind: 'mail' as const,
            name: 'video-mail',
            title: 'Features team: videos',
            audience: 'staff' as const,
            staff: 'features@elifesciences.org',
            smtp,
            from: 'features@elifesciences.org',
            statuses: ['vor' as const],
            silent: 'never' as const,
            firstOnly: true,
            withVideo: true,
            schedule: 'at once' as const,
          },
        ]
      : []),
  ]
}

type Files = Extract<RecipientSettings, { kind: 'files' }>
