import { Type, type Static } from 'typebox'
import { InstantText, Name } from './fields.ts'

/** The states of a deposit, in the order in which it passes them; the last eight are ends. */
export const depositStates = [
  'planned',
  'waiting',
  'sending',
  'sent',
  'confirmed',
  'confirmed-with-warning',
  'refused',
  'unanswered',
  'uncertain',
  'superseded',
  'cancelled',
  'not-for-this-recipient',
] as const
export type DepositState = Static<typeof DepositState>
export const DepositState = Type.Enum(depositStates)

/** A file of a published run, in the expanded bucket below the run's folder. */
export type PublishedFile = Static<typeof PublishedFile>
export const PublishedFile = Type.Object({
  /** The name in its version: `elife-00353-fig1-v1.tif`. */
  name: Name,
  /** Its use, as the article library classifies files: `articleXml`, `articlePdf`, `video`. */
  kind: Name,
  bytes: Type.Integer({ minimum: 0 }),
})

/** The run of a version that became public: the request to plan its deposits. */
export type PublishedRun = Static<typeof PublishedRun>
export const PublishedRun = Type.Object({
  articleId: Name,
  version: Type.Integer({ minimum: 1 }),
  run: Name,
  /** The file prefix of the journal: `elife`. */
  journal: Name,
  status: Type.Enum(['poa', 'vor']),
  /** `<id>.<version>/<run>` in the expanded bucket. */
  folder: Name,
  /** The instant of the version's publication, or of its silent correction. */
  published: InstantText,
  /** The package's name had a version: it may have replaced one that was public. */
  resupplied: Type.Boolean(),
  files: Type.Array(PublishedFile),
})

const nullable = <Schema extends Parameters<typeof Type.Union>[0][number]>(schema: Schema) =>
  Type.Union([schema, Type.Null()])

/** A deposit as it is listed. */
export type Deposit = Static<typeof Deposit>
export const Deposit = Type.Object(
  {
    id: Type.String({ description: 'the id of the deposit' }),
    recipient: Type.String({ description: 'the name of the recipient: crossref' }),
    articleId: Type.String(),
    version: Type.Integer(),
    run: Type.String(),
    part: Type.String({ description: 'the part of the article that it has: article, peer-reviews, or an address' }),
    state: DepositState,
    rule: Type.String({ description: 'the rule by which it is sent, or not' }),
    planned: InstantText,
    since: InstantText,
    attempts: Type.Integer({ description: 'the attempts to send it that count' }),
    answer: nullable(Type.String({ description: "the recipient's answer, word for word" })),
    waitsFor: nullable(Type.String({ description: 'the reason why it waits' })),
    nextTry: nullable(InstantText),
    byHand: Type.Boolean({ description: 'only a person can confirm it' }),
    unaddressed: Type.Boolean({ description: 'it is a mail that waits until somebody to write to is known' }),
    needsPerson: Type.Boolean({ description: 'it will not end well without a person' }),
    document: nullable(
      Type.Object({ name: Type.String(), mediaType: Type.String(), bytes: Type.Integer(), sha256: Type.String() }),
    ),
  },
  { $id: 'Deposit' },
)

/** An attempt to send a deposit, or a question after it. */
export type DepositAttempt = Static<typeof DepositAttempt>
export const DepositAttempt = Type.Object({
  number: Type.Integer(),
  began: InstantText,
  ended: nullable(InstantText),
  outcome: nullable(Type.String()),
  answer: nullable(Type.String()),
})

/** An act of a person on a deposit or a recipient. */
export type DepositAction = Static<typeof DepositAction>
export const DepositAction = Type.Object({
  at: InstantText,
  by: Type.String(),
  act: Type.String(),
  why: nullable(Type.String()),
})

/** A deposit with all that is known of it. */
export type DepositDetails = Static<typeof DepositDetails>
export const DepositDetails = Type.Object(
  {
    ...Deposit.properties,
    reference: nullable(Type.String({ description: "the recipient's name for it" })),
    stamp: nullable(Type.String({ description: 'the timestamp of its document, 17 digits, UTC' })),
    attemptList: Type.Array(DepositAttempt),
    actions: Type.Array(DepositAction),
  },
  { $id: 'DepositDetails' },
)

/** A recipient, with how its deposits stand. */
export type RecipientState = Static<typeof RecipientState>
export const RecipientState = Type.Object(
  {
    name: Type.String(),
    title: Type.String(),
    kind: Type.String(),
    address: Type.String(),
    schedule: Type.String({ description: '`at once`, or the cron expression and its zone' }),
    atOnce: Type.Boolean(),
    reach: Type.Enum(['real', 'test system', 'stand-in', 'forbidden'], {
      description: 'forbidden: it is real, and this environment may not reach it',
    }),
    counts: Type.Record(Type.String(), Type.Integer(), { description: 'its deposits by state' }),
    paused: nullable(
      Type.Object({ since: InstantText, by: Type.String(), why: Type.String(), automatic: Type.Boolean() }),
    ),
    failing: nullable(Type.Object({ since: InstantText, answer: Type.String() })),
  },
  { $id: 'Recipient' },
)

/** The reply to the question for the recipients. */
export const Recipients = Type.Object({
  live: Type.Boolean({ description: 'true if this environment may reach real recipients' }),
  recipients: Type.Array(RecipientState),
})
export type Recipients = Static<typeof Recipients>

/** The addresses that no mail goes to. */
export type Suppressions = Static<typeof Suppressions>
export const Suppressions = Type.Array(
  Type.Object({
    address: Type.String({ description: 'in lower case' }),
    since: Type.String(),
    by: Type.String({ description: 'the person, or Continuum' }),
    why: Type.String({ description: 'the reason: the words of its mail server, or what was asked' }),
  }),
)

/** Authors of articles as the editorial office lists them. */
export type ListedAuthors = Static<typeof ListedAuthors>
export const ListedAuthors = Type.Array(
  Type.Object({
    articleId: Type.String({ minLength: 1, description: 'the id of the article: 00353' }),
    address: Type.String({ pattern: '^[^\\s@,;<>]+@[^\\s@,;<>]+$', maxLength: 254, description: 'a mail address' }),
    givenNames: Type.String({ maxLength: 300 }),
    surname: Type.String({ maxLength: 300 }),
  }),
)

/** A list of deposits. */
export type Deposits = Static<typeof Deposits>
export const Deposits = Type.Object({ deposits: Type.Array(Deposit), more: Type.Boolean() })
