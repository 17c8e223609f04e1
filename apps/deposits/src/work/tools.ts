import type { Document, Recipient } from '@continuum/recipients'
import type { Logger, Sql } from '@continuum/service'
import type { RecipientSettings } from '@continuum/settings'
import type { UnknownAttempts } from '../documents/attempt-marks.ts'
import type { Built, Draft } from '../documents/draft.ts'
import type { ActivityTools } from '@continuum/workflow-core'
import type { Executions } from './executions.ts'
import type { Publication } from '../store/publications.ts'
import type { DepositRow, StoredDocument } from '../store/deposits.ts'

/** The dependencies of the worker's activities. */
export interface WorkTools {
  readonly sql: Sql
  readonly recipients: readonly RecipientSettings[]
  /** Builds a deposit's document. The same deposit always gives the same bytes. */
  readonly build: (
    deposit: DepositRow,
    publication: Publication,
    recipient: RecipientSettings,
    signal: AbortSignal,
  ) => Promise<Built>
  /** Keeps the bytes of a document under the deposit. */
  readonly keep: (deposit: DepositRow, document: Draft, signal: AbortSignal) => Promise<StoredDocument>
  /** Opens a document that was kept. */
  readonly open: (stored: StoredDocument, signal: AbortSignal) => Promise<Document & AsyncDisposable>
  /** Marks outside of the database that an attempt begins; answers those before it that the database does not know. */
  readonly mark: (deposit: DepositRow, attempt: number, signal: AbortSignal) => Promise<UnknownAttempts | undefined>
  readonly connect: (recipient: RecipientSettings, deposit: DepositRow) => Recipient
  /** Starts the executions of deposits. */
  readonly start: Executions['start']
  /** Wakes the executions of deposits, those that they have. */
  readonly wake: Executions['wake']
  readonly now: () => Temporal.Instant
  readonly logger: Logger
}

/** The tools of an activity while it works on a deposit. */
export type Tending = Pick<ActivityTools, 'signal' | 'log'>

/** Thrown when a deposit is for a recipient that is in the settings no more. */
export class UnknownRecipientError extends Error {
  override readonly name = 'UnknownRecipientError'
  readonly retry = false
}

/**
 * Finds a recipient by its name.
 *
 * @throws UnknownRecipientError
 */
export function recipientOf(recipients: readonly RecipientSettings[], name: string): RecipientSettings {
  const found = recipients.find((each) => each.name === name)
  if (found) return found
  throw new UnknownRecipientError(unknownRecipientWords(name))
}

/** Tells that no recipient has a name. */
export function unknownRecipientWords(name: string): string {
  return `No recipient in the settings (RECIPIENTS) is named ${name}.`
}
