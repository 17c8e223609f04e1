import { sameSecret } from '@continuum/service'
import type { FastifyRequest } from 'fastify'
import type { Site } from './site.ts'

/** Whether a request carries the pipeline's user name and password (basic authentication). */
export function isPipeline(request: FastifyRequest, { pipeline }: Pick<Site, 'pipeline'>): boolean {
  const encoded = /^Basic +([A-Za-z0-9+/=]+) *$/i.exec(request.headers.authorization ?? '')?.[1] ?? ''
  const given = Buffer.from(encoded, 'base64').toString()
  return sameSecret(given, `${pipeline.user}:${pipeline.password}`)
}
