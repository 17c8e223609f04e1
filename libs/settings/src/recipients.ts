import { Type, type Static } from 'typebox'
import { Host, MailAddress } from './common.ts'

const Address = Type.String({
  pattern: '^https?://[^/]+(/.*)?$',
  description: 'an address that begins with http:// or https://',
})

/** The schedule of a recipient: when its deposits are due. */
export type RecipientSchedule = Static<typeof RecipientSchedule>
export const RecipientSchedule = Type.Union([
  Type.Literal('at once'),
  Type.Object({
    cron: Type.String({ pattern: '^\\S+( \\S+){4}$', description: 'a cron expression of five fields: 30 20 * * *' }),
    zone: Type.String({ minLength: 1, description: 'a time zone: UTC, Europe/London' }),
  }),
])

/** The rule by which a recipient gets a publication. All are told in the order in which they are checked. */
const rule = {
  journals: Type.Optional(
    Type.Array(Type.String(), { description: 'the file prefixes of its journals; absent: those of the environment' }),
  ),
  statuses: Type.Array(Type.Enum(['poa', 'vor']), { minItems: 1, description: 'the statuses that it gets' }),
  articleTypes: Type.Optional(
    Type.Array(Type.String(), { minItems: 1, description: 'the types of article JSON that it gets; absent: all' }),
  ),
  withoutTypes: Type.Optional(
    Type.Array(Type.String(), { description: 'the types of article JSON that it does not get' }),
  ),
  withoutWords: Type.Optional(
    Type.Array(Type.String(), { description: 'terms of the assessment that keep an article from it: incomplete' }),
  ),
  withVideo: Type.Optional(Type.Boolean({ description: 'true if it gets only articles with a video' })),
  retracted: Type.Optional(Type.Boolean({ description: 'false if it does not get an article that is retracted' })),
  silent: Type.Enum(['always', 'highest', 'never'], {
    description: 'whether it gets silent corrections; highest: only of the highest version',
  }),
  firstOnly: Type.Optional(Type.Boolean({ description: 'true if it gets only the first version of its status' })),
  onceOnly: Type.Optional(Type.Boolean({ description: 'true if it gets each article once' })),
}

const common = {
  name: Type.String({ pattern: '^[a-z][a-z0-9-]{0,39}$', description: 'the name in records and secrets: crossref' }),
  title: Type.String({ minLength: 1, description: 'the name for people: Crossref' }),
  ...rule,
  schedule: RecipientSchedule,
  concurrency: Type.Optional(
    Type.Integer({ minimum: 1, maximum: 50, description: 'how many deposits it is sent at a time; 2 by default' }),
  ),
  giveUpHours: Type.Optional(
    Type.Integer({
      minimum: 1,
      maximum: 8_760,
      description: 'hours after which a deposit that cannot be sent, or is not answered, is unanswered',
    }),
  ),
  test: Type.Optional(Type.Boolean({ description: "true if the address is the recipient's own test system" })),
}

/** The server of a file recipient; its password is in the secret of the recipients, by the recipient's name. */
export type FileServer = Static<typeof FileServer>
export const FileServer = Type.Object({
  protocol: Type.Enum(['sftp', 'ftp', 'ftps']),
  host: Host,
  port: Type.Optional(Type.Integer({ minimum: 1, maximum: 65_535 })),
  user: Type.String({ minLength: 1 }),
  folder: Type.String({
    default: '/',
    description: 'the folder that files are put into; {id} is the number of the article',
  }),
  hostKeys: Type.Optional(
    Type.Array(Type.String({ pattern: '^SHA256:\\S+$' }), {
      description: 'the fingerprints of its keys (ssh-keygen -l); needed for sftp',
    }),
  ),
})

const Crossref = Type.Object({
  ...common,
  kind: Type.Literal('crossref'),
  url: Address,
  user: Type.String({ minLength: 1 }),
  depositor: Type.Object({ name: Type.String({ minLength: 1, maxLength: 130 }), email: MailAddress }),
  registrant: Type.String({ minLength: 1, maxLength: 255 }),
  quick: Type.Optional(Type.Boolean({ description: 'true if it answers within seconds, as a stand-in does' })),
  crossmark: Type.Optional(
    Type.Object({
      policy: Type.Optional(Type.String({ description: "the DOI of the policy; absent: the article's own" })),
      domains: Type.Array(Type.String(), { minItems: 1 }),
    }),
  ),
})
const PubMed = Type.Object({
  ...common,
  kind: Type.Literal('pubmed'),
  server: FileServer,
  journalTitle: Type.String(),
  answers: Type.Optional(
    Type.String({
      pattern: '^https?://[^/]+(/.*)?$',
      description:
        'the address of the E-utilities, which are asked for the citation: https://eutils.ncbi.nlm.nih.gov/entrez/eutils; absent: a person confirms',
    }),
  ),
  quick: Type.Optional(Type.Boolean({ description: 'true if it answers within seconds, as a stand-in does' })),
})
const Pmc = Type.Object({ ...common, kind: Type.Literal('pmc'), server: FileServer })
const Files = Type.Object({
  ...common,
  kind: Type.Literal('files'),
  server: FileServer,
  files: Type.Union([Type.Literal('everything'), Type.Array(Type.Enum(['xml', 'pdf']), { minItems: 1 })], {
    description: 'the files of the package that it gets',
  }),
  unzipped: Type.Optional(Type.Boolean({ description: 'true if it gets the files themselves, not a zip of them' })),
  fileName: Type.String({
    pattern: '^[A-Za-z0-9._{}-]+$',
    description: 'the name of what it gets: {prefix}, {id}, {volume}, {version}: {prefix}-{volume}-{id}.zip',
  }),
  keepVersion: Type.Optional(Type.Boolean({ description: 'true if names within it keep their version' })),
  withoutVersionDoi: Type.Optional(Type.Boolean({ description: "true if the version's DOI is taken out of the XML" })),
})
const Doaj = Type.Object({ ...common, kind: Type.Literal('doaj'), url: Address })
const Jisc = Type.Object({ ...common, kind: Type.Literal('jisc'), url: Address })
const XmlRepository = Type.Object({
  ...common,
  kind: Type.Literal('xml-repository'),
  url: Address,
  branch: Type.Optional(Type.String()),
})
const Template = Type.Object({
  subject: Type.String({ minLength: 1, description: 'text with variables in Liquid: {{ article.title }}' }),
  html: Type.String({ minLength: 1 }),
  text: Type.Optional(Type.String({ description: 'plain text; absent: made from the HTML' })),
})
const template = (description: string) => Type.Optional(Type.String({ minLength: 1, description }))
const MailRule = Type.Object({
  articleTypes: Type.Array(Type.String(), { minItems: 1, description: 'the JATS types that it is for' }),
  displayChannel: Type.Optional(Type.String({ description: 'only articles of this display channel' })),
  mail: Type.Optional(
    Type.Object(
      {
        poa: template('the template for the first PoA'),
        vorAfterPoa: template('for the first VoR where there was a PoA'),
        vorOnly: template('for the first VoR where there was none'),
        to: Type.Optional(Type.Enum(['authors', 'authors-of-related', 'features'])),
      },
      { description: 'absent: authors of these types are not written to' },
    ),
  ),
})

/** A journal's own mails to authors. */
export type JournalMails = Static<typeof JournalMails>
export const JournalMails = Type.Object({
  templates: Type.Optional(
    Type.Record(Type.String(), Template, { description: 'by their names: POA, VOR_after_POA, ...; others are added' }),
  ),
  rules: Type.Optional(
    Type.Array(MailRule, { description: 'which mail for which article; they go before the usual ones' }),
  ),
})

const Mail = Type.Object({
  ...common,
  kind: Type.Literal('mail'),
  /** authors: one mail to each; staff: one mail to the staff address. */
  audience: Type.Enum(['authors', 'staff']),
  staff: Type.Optional(MailAddress),
  smtp: Type.Object({
    host: Host,
    port: Type.Integer({ minimum: 1, maximum: 65_535 }),
    user: Type.Optional(Type.String()),
    secure: Type.Optional(Type.Boolean({ description: 'true for TLS from the first byte' })),
  }),
  from: MailAddress,
  mails: Type.Optional(
    Type.Record(Type.String(), JournalMails, { description: "journals' own mails, by the file prefix of each" }),
  ),
  /** Outside a live environment mails go here, or nowhere. */
  redirectTo: Type.Optional(MailAddress),
})

/** The address of staff, who are told what needs a person: a digest a day, and a message when a recipient begins to fail. */
export type StaffSettings = Static<typeof StaffSettings>
export const StaffSettings = Type.Object({
  address: MailAddress,
  from: MailAddress,
  smtp: Type.Object({
    host: Host,
    port: Type.Integer({ minimum: 1, maximum: 65_535 }),
    user: Type.Optional(Type.String({ description: 'its password is that of the recipient `staff`' })),
    secure: Type.Optional(Type.Boolean()),
  }),
  /** The hour of the digest. */
  digest: Type.Optional(RecipientSchedule),
})

/** A recipient of what is published: who gets what, by which rule, when and where. */
export type RecipientSettings = Static<typeof RecipientSettings>
export const RecipientSettings = Type.Union([Crossref, PubMed, Pmc, Files, Doaj, Jisc, XmlRepository, Mail])
