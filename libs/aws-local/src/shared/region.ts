import type { IncomingMessage } from 'node:http'
import type { ServerContext } from './context.ts'

/**
 * The region of a request. Only the scope of its credentials names it: all regions share one address. `fallback` applies to
 * requests without one.
 */
export function regionOf(request: Pick<IncomingMessage, 'headers'>, fallback: string): string {
  const scope = /\bCredential=[^/,\s]+\/[^/,\s]+\/([\w-]{1,64})\//.exec(request.headers.authorization ?? '')
  return scope?.[1] ?? fallback
}

/** Opens a service per region, all on the same store, when it is first used. */
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

/** The region in an ARN; empty if it has none. */
export const regionOfArn = (arn: string): string => arn.split(':')[3] ?? ''
