import type { IncomingMessage, ServerResponse } from 'node:http'
import { readBody } from '../shared/request-body.ts'
import type { HttpService, ServerContext } from '../shared/context.ts'
import { TimeNotVirtualError, type DomainTime } from './time.ts'
import { regionOf } from '../shared/region.ts'
import { SwfError } from '../swf/wire/errors.ts'
import type { AutoSkip } from '../swf/store/times.ts'

/** The path below which aws-local has routes of its own. No bucket can have this name. */
export const adminPath = '/_aws-local/'

/** Thrown for a request that cannot be served; `status` is the HTTP status. */
class AdminError extends Error {
  override readonly name = 'AdminError'
  readonly status: number
  constructor(message: string, status = 400) {
    super(message)
    this.status = status
  }
}

/**
 * Changes the time of a domain over HTTP, for tests that run against the command:
 * `POST /_aws-local/time {"domain": "D", "virtual": true, "autoSkip": true, "advanceSeconds": 3600, "queues": true}`. Every member but
 * `domain` is optional; they are applied in this order. `GET /_aws-local/time?domain=D` changes nothing. Both return the resulting time.
 * Like SWF, it requires an Authorization header, whose scope names the region; with a list of keys, the request must be signed for the
 * service `aws-local`.
 */
export function createAdmin(
  timeOf: (region: string, domain: string) => DomainTime,
  region: string,
  { durable }: Pick<ServerContext, 'durable'>,
): HttpService {
  return async (request, response) => {
    try {
      if (request.headers.authorization === undefined)
        throw new AdminError('Missing Authorization header: any credentials will do.', 403)
      const { pathname, searchParams } = new URL(request.url ?? '/', 'http://admin')
      if (pathname !== `${adminPath}time`) throw new AdminError(`Not found: the only route is ${adminPath}time.`, 404)
      const change = await changeIn(request, searchParams)
      const here = regionOf(request, region)
      const time = timeOf(here, change.domain)
      applyChange(time, change)
      await durable()
      const { now, next, ...state } = time.state()
      const shown = { now: new Date(now), next: next === undefined ? null : new Date(next) }
      answer(response, 200, { domain: change.domain, region: here, ...state, ...shown })
    } catch (error) {
      const known =
        error instanceof SwfError || error instanceof TimeNotVirtualError ? new AdminError(error.message) : error
      if (!(known instanceof AdminError)) throw error
      answer(response, known.status, { error: known.message })
    }
  }
}

interface Change {
  readonly domain: string
  readonly virtual?: boolean
  readonly autoSkip?: AutoSkip
  readonly advanceSeconds?: number
  readonly queues?: boolean
}

function applyChange(time: DomainTime, { virtual, autoSkip, advanceSeconds, queues = false }: Change): void {
  if (virtual === false) time.makeReal()
  else if (virtual === true || autoSkip !== undefined) time.makeVirtual({ autoSkip: autoSkip ?? time.state().autoSkip })
  if (advanceSeconds !== undefined) time.advance(Math.round(advanceSeconds * 1000), { queues })
}

async function changeIn(request: IncomingMessage, query: URLSearchParams): Promise<Change> {
  if (request.method === 'GET') {
    const domain = query.get('domain')
    if (domain === null) throw new AdminError('Missing query parameter: ?domain=NAME')
    return { domain }
  }
  if (request.method !== 'POST')
    throw new AdminError('Method not allowed: use GET to read the time and POST to change it.', 405)
  const body = parse((await readBody(request)).toString())
  const unknown = Object.keys(body).find(
    (name) => !['domain', 'virtual', 'autoSkip', 'advanceSeconds', 'queues'].includes(name),
  )
  if (unknown !== undefined) throw new AdminError(`Unknown member: ${unknown}.`)
  const { domain, virtual, autoSkip, advanceSeconds, queues } = body
  if (typeof domain !== 'string') throw new AdminError('Missing member: {"domain": "NAME"}')
  if (virtual !== undefined && typeof virtual !== 'boolean') throw new AdminError('virtual must be true or false.')
  if (autoSkip !== undefined && !isAutoSkip(autoSkip)) throw new AdminError('autoSkip must be true, false or "timers".')
  if (advanceSeconds !== undefined && !isDuration(advanceSeconds))
    throw new AdminError('advanceSeconds must be a number of seconds between 0 and 10 years.')
  if (queues !== undefined && typeof queues !== 'boolean') throw new AdminError('queues must be true or false.')
  return {
    domain,
    ...(virtual !== undefined && { virtual }),
    ...(autoSkip !== undefined && { autoSkip }),
    ...(advanceSeconds !== undefined && { advanceSeconds }),
    ...(queues !== undefined && { queues }),
  }
}

const isAutoSkip = (value: unknown): value is AutoSkip => typeof value === 'boolean' || value === 'timers'

const tenYears = 10 * 366 * 24 * 3600
const isDuration = (value: unknown): value is number => typeof value === 'number' && value >= 0 && value <= tenYears

function parse(text: string): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(text)
    if (typeof value === 'object' && value !== null) return { ...value }
  } catch {
    // Reported below, like JSON that is not an object.
  }
  throw new AdminError('The body is not a JSON object.')
}

function answer(response: ServerResponse, status: number, content: object): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(`${JSON.stringify(content)}\n`)
}
