import type { FastifyRequest } from 'fastify'
import type { WebContext } from '../../http/context.ts'
import { newsOf } from '../../store/dependencies.ts'
import { errorCount } from '../../store/lists.ts'
import { bannerHtml } from './banner.ts'
import type { Frame } from './layout.ts'

/** Creates the frame for the author of the request. */
export async function frameOf(request: FastifyRequest, { sql }: WebContext): Promise<Frame> {
  const { member } = request
  const [errors, news] = await Promise.all([errorCount(sql), newsOf(sql)])
  const banner = bannerHtml(news, Temporal.Now.instant())
  return {
    ...(member && { user: member.name, role: member.role }),
    ...(member?.csrf !== undefined && { csrf: member.csrf }),
    errors,
    ...(banner && { banner }),
  }
}
