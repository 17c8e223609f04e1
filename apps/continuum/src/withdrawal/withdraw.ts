import { Type } from 'typebox'
import { callService } from './call-service.ts'
import type { ReaderServices } from './environment.ts'
import { moveFiles, withdrawnFiles } from './files.ts'
import { standingNotice, tellRecipients } from './recipients.ts'

/** The outcome of a withdrawal, or of its end. */
export interface Outcome {
  /** The versions that the article store had made public, or has again. */
  versions: number
  /** The files that left the CDN, or are on it again. */
  files: number
  /** A sentence about the recipients that are told. */
  recipients: string
}

const LaxReply = Type.Object({ status: Type.String(), id: Type.String(), versions: Type.Integer() })
const SiteReply = Type.Object({ withdrawn: Type.Integer() })
const Versions = Type.Object({ versions: Type.Array(Type.Object({ version: Type.Optional(Type.Integer()) })) })

/**
 * Withdraws an article: its page first, which then says why; then the API and the search; then the files, which are kept where no reader sees
 * them; then recipients are told. Each step may be repeated, so a withdrawal that broke off is completed by the same command.
 *
 * @throws UserError where nothing of the article is public, or a service does not answer
 */
export async function withdrawArticle(
  environment: ReaderServices,
  article: string,
  { who, why, date }: { who: string; why: string; date: string },
): Promise<Outcome> {
  const { lax, site, s3, buckets } = environment
  await callService(SiteReply, site, { method: 'PUT', path: `/api/withdraw/${article}`, body: { reason: why } })
  const { id, versions } = await callService(LaxReply, lax, {
    method: 'PUT',
    path: `/api/v2/articles/${article}/withdrawal`,
    body: { who, why },
  })
  const cdn = { bucket: buckets.cdn, prefix: `${id}/` }
  const files = await moveFiles(s3, cdn, withdrawnFiles(buckets.archive, id))
  return { versions, files, recipients: await tellRecipients(environment.deposits, id, { kind: 'withdrawal', date }) }
}

/**
 * Gives a withdrawn article back to readers: the API and the search, then its files, then its page. Each step may be repeated.
 *
 * @throws UserError where it was not withdrawn, or a service does not answer
 */
export async function reinstateArticle(environment: ReaderServices, article: string, who: string): Promise<Outcome> {
  const { lax, site, s3, buckets } = environment
  const { id, versions: count } = await callService(LaxReply, lax, {
    method: 'DELETE',
    path: `/api/v2/articles/${article}/withdrawal`,
    body: { who },
  })
  const files = await moveFiles(s3, withdrawnFiles(buckets.archive, id), { bucket: buckets.cdn, prefix: `${id}/` })
  const { versions } = await callService(Versions, lax, { method: 'GET', path: `/api/v2/articles/${id}/versions` })
  for (const { version } of versions) {
    if (version === undefined) continue
    await callService(Type.Unknown(), site, {
      method: 'PUT',
      path: `/api/publish/${id}.${version}.json`,
      body: { publish: true },
    })
  }
  const recipients = await tellRecipients(environment.deposits, id, await standingNotice(environment, id))
  return { versions: count, files, recipients }
}
