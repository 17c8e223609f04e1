import { DeleteObjectsCommand, paginateListObjectsV2, type S3Client } from '@aws-sdk/client-s3'
import { Type } from 'typebox'
import { callService, type Service } from './call-service.ts'

/** The parts of an environment that have something of an article for readers. */
export interface Withdrawing {
  lax: Service
  site: Service
  s3: S3Client
  cdnBucket: string
}

/** The outcome of a withdrawal. */
export interface Withdrawn {
  /** The versions that the article store had made public. */
  versions: number
  files: number
}

const LaxReply = Type.Object({ status: Type.String(), id: Type.String(), versions: Type.Integer() })
const SiteReply = Type.Object({ withdrawn: Type.Integer() })
const Versions = Type.Object({ versions: Type.Array(Type.Object({ version: Type.Optional(Type.Integer()) })) })

/**
 * Withdraws an article: its page first, which then says why; then the API and the search; then the files. Each step may be repeated, so
 * a withdrawal that broke off is completed by the same command.
 *
 * @throws UserError where nothing of the article is public, or a service does not answer
 */
export async function withdrawArticle(
  environment: Withdrawing,
  article: string,
  { who, why }: { who: string; why: string },
): Promise<Withdrawn> {
  const { lax, site } = environment
  await callService(SiteReply, site, { method: 'PUT', path: `/api/withdraw/${article}`, body: { reason: why } })
  const { versions } = await callService(LaxReply, lax, {
    method: 'PUT',
    path: `/api/v2/articles/${article}/withdrawal`,
    body: { who, why },
  })
  return { versions, files: await deleteFiles(environment, article) }
}

/**
 * Gives a withdrawn article back to readers, without its files: they are on the CDN again when it is delivered again.
 *
 * @returns the number of versions that are public again
 */
export async function reinstateArticle({ lax, site }: Withdrawing, article: string, who: string): Promise<number> {
  const { versions: count } = await callService(LaxReply, lax, {
    method: 'DELETE',
    path: `/api/v2/articles/${article}/withdrawal`,
    body: { who },
  })
  const { versions } = await callService(Versions, lax, { method: 'GET', path: `/api/v2/articles/${article}/versions` })
  for (const { version } of versions) {
    if (version === undefined) continue
    await callService(Type.Unknown(), site, {
      method: 'PUT',
      path: `/api/publish/${article}.${version}.json`,
      body: { publish: true },
    })
  }
  return count
}

/** The bucket keeps former versions for a while, so that a mistake can be undone by hand. */
async function deleteFiles({ s3, cdnBucket }: Withdrawing, article: string): Promise<number> {
  let files = 0
  for await (const page of paginateListObjectsV2({ client: s3 }, { Bucket: cdnBucket, Prefix: `${article}/` })) {
    const Objects = (page.Contents ?? []).flatMap(({ Key }) => (Key === undefined ? [] : [{ Key }]))
    if (Objects.length > 0)
      await s3.send(new DeleteObjectsCommand({ Bucket: cdnBucket, Delete: { Objects, Quiet: true } }))
    files += Objects.length
  }
  return files
}
