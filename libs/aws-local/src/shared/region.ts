import type { IncomingMessage } from 'node:http'
import type { ServerContext } from './context.ts'

/**
 * The region that a request is for. Nothing but the scope of its credentials says so: one address serves all of them.
 * `fallback` is for requests that name none.
 */
export function regionOf(request: Pick<IncomingMessage, 'headers'>, fallback: string): string {
  const scope = /\bCredential=[^/,\s]+\/[^/,\s]+\/([\w-]{1,64})\//.exec(request.headers.authorization ?? '')
  return scope?.[1] ?? fallback
}

/** One of a service for each region, all on the same store; opened when first asked for. */
export function perRegion<T>(context: ServerContext, open: (context: ServerContext) => T): (region: string) => T {
  const opened = new Map<string, T>()
  return (region) => {
    const known = opened.get(region)
    if (known !== undefined) return known
    const fresh = open({ ...context, region })
    opened.set(region, fresh)
    return fresh
  }
}

/** The region in an ARN, empty where there is none. */
export const regionOfArn = (arn: string): string => arn.split(':')[3] ?? ''
