import type { FastifyReply } from 'fastify'
import { findRecord } from '../editions/record-store.ts'
import { pageReply, notFoundReply, sendGone, sendNotFound } from './answers.ts'
import type { Site } from './site.ts'

/** Declares the replies of an address below an article that is not public. */
export const absenceReplies = { 404: notFoundReply, 410: pageReply('The article has been withdrawn.') }

/**
 * Answers an address of an article that is not public: 410 with the reason where it was and nothing of it is any more, else 404.
 *
 * @param article undefined where the address names none
 */
export async function sendAbsence(
  { sql, pages }: Pick<Site, 'sql' | 'pages'>,
  reply: FastifyReply,
  article: string | undefined,
): Promise<FastifyReply> {
  const record = article === undefined ? undefined : await findRecord(sql, article)
  const isGone = record !== undefined && record.version === undefined
  return isGone ? sendGone(reply, pages, record.reason) : sendNotFound(reply, pages)
}
