import type { PublishedRun } from '@continuum/messages'
import { bearer, isAccepted, sendProblem, type Secrets, type Sql } from '@continuum/service'
import type { RecipientSettings } from '@continuum/settings'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Readable } from 'node:stream'
import type { Notice } from '../rules/facts.ts'
import type { DepositRow, StoredDocument } from '../store/deposits.ts'
import type { Executions } from '../work/executions.ts'

/** The dependencies of the routes. */
export interface RouteContext {
  readonly sql: Sql
  readonly token: Secrets
  readonly recipients: readonly RecipientSettings[]
  readonly live: boolean
  readonly plan: (run: PublishedRun) => Promise<readonly DepositRow[]>
  readonly planNotice: (articleId: string, notice: Notice | undefined) => Promise<readonly DepositRow[]>
  /** The executions of the deposits. */
  readonly runs: Executions
  /** Opens the bytes of a document. */
  readonly readDocument: (document: StoredDocument) => Promise<Readable>
  readonly now: () => Temporal.Instant
}

/** Lets only those in who have the token. */
export function guard({ token }: Pick<RouteContext, 'token'>) {
  return async (request: FastifyRequest, reply: FastifyReply) => {
    if (isAccepted(bearer(request), token)) return undefined
    return sendProblem(reply, {
      title: 'Unauthorized',
      detail:
        'Send the header `Authorization: Bearer <token>` with the token of the deposits service (DEPOSITS_TOKEN).',
      status: 401,
    })
  }
}
