import type { Ground, HttpService } from '../ground.ts'
import { missingCredentials, unknownOperation } from './faults.ts'
import { operations } from './operations.ts'
import { openSwf } from './service.ts'
import { answer, answerFault, operationName, readJson } from './wire.ts'

/** Amazon SWF over its JSON protocol. What the store holds goes on where it was. */
export function createSwf(ground: Ground): HttpService {
  const swf = openSwf(ground)
  return async (request, response) => {
    try {
      const body = await readJson(request)
      const operation = operations.get(operationName(request))
      if (operation === undefined) throw unknownOperation(operationName(request))
      // Any credentials do, but none means a page in some browser: those can't set the header unasked.
      if (request.headers.authorization === undefined) throw missingCredentials()
      swf.engine.catchUp()
      const reply = await operation(swf, body, { onGone: (listener) => void response.once('close', listener) })
      answer(response, reply)
    } catch (error) {
      answerFault(response, error)
    }
  }
}
