import { DeleteObjectCommand } from '@aws-sdk/client-s3'
import { setTimeout } from 'node:timers/promises'
import { readAnswer, request } from '@continuum/service'
import { Type } from 'typebox'
import { storeAddress } from '../articles/store-address.ts'
import { dashboardApi } from '../dashboard/dashboard-api.ts'
import { isBusy } from '../errors/may-pass.ts'
import { UnavailableError } from '../errors/unavailable-error.ts'
import { UserError } from '../errors/user-error.ts'
import type { EnvironmentAws, EnvironmentOption } from '../local/running-aws.ts'
import { sendStart } from '../operations/companions.ts'
import type { ImportTarget } from './import-version.ts'

const Versions = Type.Record(Type.String({ pattern: '^\\d+$' }), Type.Object({ datetime_published: Type.String() }), {
  additionalProperties: false,
  minProperties: 1,
})
const Unknown = Type.Object({ title: Type.Literal('not found') })
const Statuses = Type.Object({
  articles: Type.Array(
    Type.Object({ 'publication-status': Type.Union([Type.String(), Type.Null()]), message: Type.String() }),
  ),
})

const timeoutMilliseconds = 30_000

/**
 * Connects to the environment that articles are imported into.
 *
 * @throws UserError where nothing runs, or it has no address
 */
export async function importTarget(
  options: EnvironmentOption & { dashboardUrl?: string; laxUrl?: string },
  aws: EnvironmentAws,
): Promise<ImportTarget> {
  const { dashboardUrl, laxUrl, ...where } = options
  const dashboard = await dashboardApi({ ...where, ...(dashboardUrl !== undefined && { url: dashboardUrl }) })
  const lax = await storeAddress({ ...where, ...(laxUrl !== undefined && { url: laxUrl }) })
  const bucket = aws.names.buckets.expanded
  return {
    bucket,
    publicVersions: async (articleId) => {
      const url = `${lax.url}/api/v1/article/${articleId}/version/`
      const answer = await request({ service: 'the article store', url, timeoutMilliseconds })
      // The store's own 404: another server's would have everything imported again.
      if (answer.status === 404 && readAnswer(Unknown, answer)) return new Map()
      const versions = answer.status === 200 ? readAnswer(Versions, answer) : undefined
      if (isBusy(answer.status)) throw new UnavailableError(`The article store at ${lax.url} answers ${answer.status}`)
      if (!versions) throw new UserError(`The article store answers ${answer.status}: ${answer.text.slice(0, 200)}`)
      return new Map(Object.entries(versions).map(([version, about]) => [Number(version), about.datetime_published]))
    },
    stateOf: async (id, version) => {
      const asked = await dashboard.post('/api/article_publication_status', { articles: [{ id, version }] }, Statuses)
      const [state] = asked.articles
      return { status: state?.['publication-status'] ?? null, message: state?.message ?? '' }
    },
    request: (delivery) => sendStart(aws, { workflow_name: 'PublishPerfectArticle', workflow_data: { ...delivery } }),
    remove: async (Key) => void (await aws.clients.s3.send(new DeleteObjectCommand({ Bucket: bucket, Key }))),
    pause: (milliseconds, signal) => setTimeout(milliseconds, undefined, { signal }).catch(() => undefined),
  }
}
