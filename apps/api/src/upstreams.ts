/** A part of the public API, and the service that answers it. */
export interface PublicPath {
  /** The beginning of its addresses here. */
  prefix: string
  service: 'lax' | 'metrics'
  /** The beginning of the same addresses there. */
  there: string
}

/** Everything that is public; whatever is not below one of these is not reachable from outside. */
export const publicPaths: readonly PublicPath[] = [
  { prefix: '/articles', service: 'lax', there: '/api/v2/articles' },
  { prefix: '/search', service: 'lax', there: '/api/v2/search' },
  { prefix: '/subjects', service: 'lax', there: '/api/v2/subjects' },
  { prefix: '/metrics', service: 'metrics', there: '/metrics' },
  { prefix: '/r51', service: 'metrics', there: '/r51' },
  // The metrics API of 2016, and the address under which elife-api showed it.
  { prefix: '/api/v1/article', service: 'metrics', there: '/api/v1/article' },
  { prefix: '/proxy/metrics/api/v1/article', service: 'metrics', there: '/api/v1/article' },
]

/**
 * Headers by which a gateway tells its services who asks. One that comes from outside is nobody's word, and is taken away.
 */
export const gatewayHeaders = /^(?:x-consumer-|x-credential-|x-anonymous-consumer|kong-|x-authenticated-|x-continuum-)/i
