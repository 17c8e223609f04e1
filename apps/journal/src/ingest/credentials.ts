import { isAccepted, type Secrets } from '@continuum/service'
import type { FastifyRequest } from 'fastify'

/** The user name and password of the pipeline. */
export interface PipelineCredentials {
  readonly user: string
  readonly password: Secrets
}

/** Reports whether a request carries the pipeline's user name and password (basic authentication). */
export function isPipeline(request: FastifyRequest, pipeline: PipelineCredentials): boolean {
  const encoded = /^Basic +([A-Za-z0-9+/=]+) *$/i.exec(request.headers.authorization ?? '')?.[1] ?? ''
  const given = Buffer.from(encoded, 'base64').toString()
  const [first = '', ...others] = [pipeline.password].flat().map((password) => `${pipeline.user}:${password}`)
  return isAccepted(given, [first, ...others])
}
