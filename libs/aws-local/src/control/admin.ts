import type { IncomingMessage, ServerResponse } from 'node:http'
import { readBody } from '../shared/request-body.ts'
import type { HttpService } from '../shared/context.ts'
import { TimeIsReal, type DomainTime } from './time.ts'
import { regionOf } from '../shared/region.ts'
import { SwfFault } from '../swf/wire/errors.ts'
import type { AutoSkip } from '../swf/store/times.ts'

/** Below this lies what AWS does not have. No bucket can have such a name. */
export const adminPath = '/_aws-local/'

/** What is wrong with a request; its status is 400 unless something else fits better. */
class Refused extends Error {
  override readonly name = 'Refused'
  readonly status: number
  constructor(message: string, status = 400) {
    super(message)
    this.status = status
  }
}

/**
 * Turns the time of a domain over HTTP, for tests that run against the program:
 * `POST /_aws-local/time {"domain": "D", "virtual": true, "autoSkip": true, "advanceSeconds": 3600, "queues": true}`, each member but the domain
 * optional, done in this order; `GET /_aws-local/time?domain=D` only tells. Both answer how the time stands then. It takes what SWF takes:
 * an Authorization header, whose scope names the region, signed (for the service `aws-local`) where the server has a list of keys.
 */
export function createAdmin(timeOf: (region: string, domain: string) => DomainTime, region: string): HttpService {
  return async (request, response) => {
    try {
      if (request.headers.authorization === undefined)
        throw new Refused('Credentials are wanted: an Authorization header.', 403)
      const { pathname, searchParams } = new URL(request.url ?? '/', 'http://admin')
      if (pathname !== `${adminPath}time`) throw new Refused(`There is only ${adminPath}time here.`, 404)
      const change = await changeIn(request, searchParams)
      const here = regionOf(request, region)
      const time = timeOf(here, change.domain)
      turn(time, change)
      const { now, next, ...state } = time.state()
      const told = { now: new Date(now), next: next === undefined ? null : new Date(next) }
      answer(response, 200, { domain: change.domain, region: here, ...state, ...told })
    } catch (error) {
      const refusal = error instanceof SwfFault || error instanceof TimeIsReal ? new Refused(error.message) : error
      if (!(refusal instanceof Refused)) throw error
      answer(response, refusal.status, { error: refusal.message })
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

function turn(time: DomainTime, { virtual, autoSkip, advanceSeconds, queues = false }: Change): void {
  if (virtual === false) time.makeReal()
  else if (virtual === true || autoSkip !== undefined) time.makeVirtual({ autoSkip: autoSkip ?? time.state().autoSkip })
  if (advanceSeconds !== undefined) time.advance(Math.round(advanceSeconds * 1000), { queues })
}

async function changeIn(request: IncomingMessage, query: URLSearchParams): Promise<Change> {
  if (request.method === 'GET') {
    const domain = query.get('domain')
    if (domain === null) throw new Refused('Say which domain: ?domain=NAME')
    return { domain }
  }
  if (request.method !== 'POST') throw new Refused('Time is told by GET and turned by POST.', 405)
  const body = parse((await readBody(request)).toString())
  const unknown = Object.keys(body).find(
    (name) => !['domain', 'virtual', 'autoSkip', 'advanceSeconds', 'queues'].includes(name),
  )
  if (unknown !== undefined) throw new Refused(`There is no ${unknown} of a time.`)
  const { domain, virtual, autoSkip, advanceSeconds, queues } = body
  if (typeof domain !== 'string') throw new Refused('Say which domain: {"domain": "NAME"}')
  if (virtual !== undefined && typeof virtual !== 'boolean') throw new Refused('virtual is true or false.')
  if (autoSkip !== undefined && !isAutoSkip(autoSkip)) throw new Refused('autoSkip is true, false or "timers".')
  if (advanceSeconds !== undefined && !isDuration(advanceSeconds))
    throw new Refused('advanceSeconds is a number of seconds from 0 to 10 years.')
  if (queues !== undefined && typeof queues !== 'boolean') throw new Refused('queues is true or false.')
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
    // Told below, as for JSON that is no object.
  }
  throw new Refused('The body is not a JSON object.')
}

function answer(response: ServerResponse, status: number, content: object): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(`${JSON.stringify(content)}\n`)
}
