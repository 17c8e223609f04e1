import { Type, type Static } from 'typebox'
import { readBody } from './body.ts'
import { InstantText, Name, Version } from './fields.ts'
import { parseAs, UnreadableMessageError } from './unreadable.ts'

/** A message of the workflow starter queue, which requests the start of a workflow. */
export type StarterMessage = Static<typeof StarterMessage>
export const StarterMessage = Type.Object({
  workflow_name: Name,
  workflow_data: Type.Record(Type.String(), Type.Unknown()),
  /** Seconds; SWF writes them as text. */
  execution_start_to_close_timeout: Type.Optional(Type.Union([Type.String(), Type.Integer()])),
  /** The same each time that this request is sent: it is carried out once. Without it, a message sent twice is two requests. */
  request: Type.Optional(Type.String({ pattern: '^[\\w-]{1,100}$' })),
})

/**
 * The folder of the expanded bucket that holds packages of articles which were published elsewhere before. Only operators write there. Their
 * names say version and date of publication: `imports/elife-00353-vor-v1-20121213000000.zip`.
 */
export const importsFolder = 'imports/'

/** The metadata of such a package by which its recipients get it, too: without it nobody is told of what is old. */
export const importMetadata = { deposits: 'deposits' } as const

/** `workflow_data` of PublishPerfectArticle: the package that arrived. All keys but the last are required. */
export type DeliveryData = Static<typeof DeliveryData>
export const DeliveryData = Type.Object({
  event_name: Name,
  event_time: InstantText,
  bucket_name: Name,
  /** The object's key, decoded. */
  file_name: Name,
  file_etag: Type.Union([Type.String(), Type.Null()]),
  /** Bytes. */
  file_size: Type.Integer({ minimum: 0 }),
  /** A person has asked for it: it runs even if its files are those of the run before it. */
  rerun: Type.Optional(Type.Literal(true)),
})

/** `workflow_data` of ApproveArticlePublication. */
export type ApprovalData = Static<typeof ApprovalData>
export const ApprovalData = Type.Object({
  article_id: Name,
  version: Version,
  run: Name,
  /** The property `_publication-data` as the bot has sent it: see `decodePublicationData`. */
  publication_data: Name,
  /** The workflowId of the delivery that waits for this publication, where a rule approved it. */
  held_by: Type.Optional(Name),
})

/** `workflow_data` of HoldForEmbargo: an approval that waits for its date of publication. */
export type EmbargoData = Static<typeof EmbargoData>
export const EmbargoData = Type.Object({
  approval: ApprovalData,
  until: InstantText,
  /** From the request until then. */
  seconds: Type.Integer({ minimum: 1 }),
})

/** `workflow_data` of DismissArticleRun: the run that a person has dismissed. */
export type DismissalData = Static<typeof DismissalData>
export const DismissalData = Type.Object({ article_id: Name, version: Version, run: Name })

/** `workflow_data` of WithdrawArticle: who takes an article from readers, with the reason that they are told. */
export type WithdrawalData = Static<typeof WithdrawalData>
export const WithdrawalData = Type.Object({
  article_id: Name,
  /** A public version, and the run that made it public: the steps are shown there. */
  version: Version,
  run: Name,
  who: Name,
  why: Name,
})

/** `workflow_data` of ReinstateArticle: who gives a withdrawn article back to readers. */
export type ReinstatementData = Static<typeof ReinstatementData>
export const ReinstatementData = Type.Object({ article_id: Name, version: Version, run: Name, who: Name })

/** `workflow_data` of PostPerfectPublication. */
export type FollowOnData = Static<typeof FollowOnData>
export const FollowOnData = Type.Object({
  article_id: Name,
  version: Version,
  run: Name,
  /** `<id>.<version>/<run>` in the expanded bucket. */
  expanded_folder: Name,
  status: Name,
  /** The instant in the archive's name. */
  update_date: InstantText,
  /** Key in the EIF bucket. */
  eif_location: Name,
})

/**
 * Reads a message of the workflow starter queue; a missing `workflow_data` becomes `{}`.
 *
 * @throws {UnreadableMessageError}
 */
export function readStarterMessage(body: string): StarterMessage {
  return toStarterMessage(readBody(body))
}

/** Encodes the follow-on message as the property `_publication-data`, which the dashboard stores and returns unread. */
export function encodePublicationData(message: StarterMessage): string {
  return Buffer.from(JSON.stringify(message)).toString('base64')
}

/**
 * Decodes the follow-on message in a `_publication-data`, with or without line breaks.
 *
 * @throws {UnreadableMessageError}
 */
export function decodePublicationData(text: string): StarterMessage {
  if (text.trim() === '') throw new UnreadableMessageError('The publication data is empty')
  return toStarterMessage(readBody(text))
}

function toStarterMessage(value: unknown): StarterMessage {
  const complete = typeof value === 'object' ? { workflow_data: {}, ...value } : value
  return parseAs(StarterMessage, complete, 'a workflow starter message')
}
