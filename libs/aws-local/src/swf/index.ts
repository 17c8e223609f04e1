import type { ServerContext, HttpService } from '../shared/context.ts'
import { perRegion, regionOf } from '../shared/region.ts'
import { missingCredentials, unknownOperation } from './wire/errors.ts'
import { operations } from './operations.ts'
import { openSwf, type Swf } from './operation/swf.ts'
import { regionsOf } from './store/domains.ts'
import { answer, answerError, operationName, readJson } from './wire/http.ts'

/** The SWF service: its HTTP handler, and its state per region. */
export interface SwfService {
  readonly service: HttpService
  readonly in: (region: string) => Swf
}

/** Creates the SWF service. Open executions in the store continue, in all regions. */
export function createSwf(context: ServerContext): SwfService {
  const swfIn = perRegion(context, openSwf)
  for (const region of regionsOf(context.db)) swfIn(region)
  return {
    in: swfIn,
    service: async (request, response) => {
      try {
        const body = await readJson(request)
        const operation = operations.get(operationName(request))
        if (operation === undefined) throw unknownOperation(operationName(request))
        // Any credentials are accepted, but a page in a browser cannot set this header.
        if (request.headers.authorization === undefined) throw missingCredentials()
        const swf = swfIn(regionOf(request, context.region))
        swf.engine.catchUp()
        const reply = await operation(swf, body, { onGone: (listener) => void response.once('close', listener) })
        await context.durable()
        answer(response, reply)
      } catch (error) {
        answerError(response, error)
      }
    },
  }
}
