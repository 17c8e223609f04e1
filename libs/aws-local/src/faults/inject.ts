import { once } from 'node:events'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { readBody, withBody } from '../shared/request-body.ts'
import type { Clock } from '../time/clock.ts'
import type { HttpService } from '../shared/context.ts'
import { sendAwsError, type ServiceName } from '../shared/aws-error.ts'
import { holdResponse } from './held-response.ts'
import { operationNameOf } from './operation-name.ts'
import { failure, throttling } from './errors.ts'
import type { ActiveFaults } from './rules.ts'
import { staleQuery } from './stale-query.ts'

/** The sources of time. */
interface Times {
  readonly clock: Clock
  /** The time of the SWF domain that a request is about. */
  readonly nowIn: (request: IncomingMessage, domain: string) => number
}

/** Wraps a service so that the fault rules apply to its calls. */
export function injectFaults(faults: ActiveFaults, times: Times, name: ServiceName, service: HttpService): HttpService {
  return async (request, response) => {
    if (!faults.any()) return service(request, response)
    const body = name === 's3' ? '' : (await readBody(request)).toString()
    const operation = operationNameOf(name, request, body)
    if (faults.trigger(name, operation, 'throttling') !== undefined)
      return sendAwsError(name, request, response, throttling(name))
    if (faults.trigger(name, operation, 'failure') !== undefined)
      return sendAwsError(name, request, response, failure(name))

    const staleness = name === 'swf' ? faults.trigger(name, operation, 'stale list') : undefined
    const asked = staleness === undefined ? body : staleQuery(body, (domain) => times.nowIn(request, domain), staleness)
    const whole = name === 's3' ? request : withBody(request, Buffer.from(asked))
    if (faults.trigger(name, operation, 'lost reply') !== undefined) return loseReply(service, whole, request, response)
    const delay = faults.trigger(name, operation, 'slow reply')
    if (delay === undefined) return service(whole, response)
    const { held, release } = holdResponse(request, response)
    const cancel = times.clock.schedule(times.clock.now() + delay, release)
    response.once('close', cancel)
    return service(whole, held)
  }
}

/** Runs the request and cuts the connection instead of sending the response. */
async function loseReply(
  service: HttpService,
  whole: IncomingMessage,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const { held } = holdResponse(request, response)
  await Promise.race([service(whole, held), once(held, 'pipe')])
  request.socket.destroy()
}
