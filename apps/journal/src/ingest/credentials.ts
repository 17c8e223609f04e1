import { sameSecret } from '@continuum/service'
import type { FastifyRequest } from 'fastify'

/** The user name and password of the pipeline. */
export interface PipelineCredentials {
  readonly user: string
  readonly password: string
}

/** Reports whether a request carries the pipeline's user name and password (basic authentication). */
export function isPipeline(request: FastifyRequest, pipeline: PipelineCredentials): boolean {
  const encoded = /^Basic +([A-Za-z0-9+/=]+) *$/i.exec(request.headers.authorization ?? '')?.[1] ?? ''
  const given = Buffer.from(encoded, 'base64').toString()
  return sameSecret(given, `${pipeline.user}:${pipeline.password}`)
}
