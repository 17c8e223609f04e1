import { text } from 'node:stream/consumers'
import { Readable } from 'node:stream'
import {
  type ActivityTask,
  type DecisionTask,
  type HistoryEvent,
  PollForActivityTaskCommand,
  type PollForActivityTaskCommandInput,
  PollForDecisionTaskCommand,
  type PollForDecisionTaskCommandInput,
  RespondActivityTaskCompletedCommand,
  type RespondActivityTaskCompletedCommandInput,
  RespondDecisionTaskCompletedCommand,
  type RespondDecisionTaskCompletedCommandInput,
  SWFClient,
  SWFServiceException,
} from '@aws-sdk/client-swf'
import { HttpRequest } from '@smithy/core/protocols'
import { isThrottling } from './respond.ts'

/** The four calls of SWF that every step takes. They behave as the client's own. */
export interface PlainCalls {
  pollForDecisionTask(input: PollForDecisionTaskCommandInput, abortSignal: AbortSignal): Promise<DecisionTask>
  pollForActivityTask(input: PollForActivityTaskCommandInput, abortSignal: AbortSignal): Promise<ActivityTask>
  respondDecisionTaskCompleted(input: RespondDecisionTaskCompletedCommandInput): Promise<unknown>
  respondActivityTaskCompleted(input: RespondActivityTaskCompletedCommandInput): Promise<unknown>
}

const callsOf = new WeakMap<SWFClient, PlainCalls>()

/** Returns the calls of a client, the same for all that share it. */
export function plainCallsOf(swf: SWFClient): PlainCalls {
  const known = callsOf.get(swf) ?? createPlainCalls(swf)
  callsOf.set(swf, known)
  return known
}

/**
 * Creates calls that are one signed request each, for less than half of the CPU time that the client takes for its command: it serializes
 * by schema, resolves the endpoint and sets up retries for every call. Where SWF does not plainly answer, or that it is busy, the command follows,
 * with the client's retries and errors; it is sent first of all too, because it alone finds the endpoint. The request goes through the client's
 * own signer and request handler: its credentials, sockets, proxy and time-outs hold. A client that has middleware of its own, or a
 * logger, always sends its commands.
 */
function createPlainCalls(swf: SWFClient): PlainCalls {
  const call = hasOwnMiddleware(swf) ? async () => undefined : plainCall(swf)
  return {
    pollForDecisionTask: async (input, abortSignal) => {
      const reply = await call('PollForDecisionTask', input, abortSignal)
      if (reply === undefined) return swf.send(new PollForDecisionTaskCommand(input), { abortSignal })
      const { events = [], ...task }: SentDecisionTask = JSON.parse(reply)
      return { ...task, events: events.map(withDate) }
    },
    pollForActivityTask: async (input, abortSignal) => {
      const reply = await call('PollForActivityTask', input, abortSignal)
      if (reply === undefined) return swf.send(new PollForActivityTaskCommand(input), { abortSignal })
      const task: ActivityTask = JSON.parse(reply)
      return task
    },
    respondDecisionTaskCompleted: async (input) =>
      (await call('RespondDecisionTaskCompleted', input)) ?? swf.send(new RespondDecisionTaskCompletedCommand(input)),
    respondActivityTaskCompleted: async (input) =>
      (await call('RespondActivityTaskCompleted', input)) ?? swf.send(new RespondActivityTaskCompletedCommand(input)),
  }
}

type Call = (operation: string, input: object, abortSignal?: AbortSignal) => Promise<string | undefined>

/** Sends a call once; returns the reply's JSON, or undefined where it is not plainly done, or not yet known where to send it. */
function plainCall(swf: SWFClient): Call {
  const { config } = swf
  let signer: ReturnType<typeof config.signer> | undefined
  let sent: HttpRequest | undefined
  watch(swf, (request) => {
    sent = request
  })
  return async (operation, input, abortSignal) => {
    if (sent === undefined) return undefined
    const { protocol, hostname, port, path, headers } = sent
    const request = new HttpRequest({
      method: 'POST',
      protocol,
      hostname,
      path,
      ...(port !== undefined && { port }),
      headers: {
        host: headers['host'] ?? hostname,
        'content-type': 'application/x-amz-json-1.0',
        'x-amz-target': `SimpleWorkflowService.${operation}`,
        ...(headers['user-agent'] !== undefined && { 'user-agent': headers['user-agent'] }),
      },
      body: JSON.stringify(input),
    })
    try {
      // Kept: it asks for the credentials of the moment by itself, and keeps the day's key.
      signer ??= config.signer()
      const signingDate = new Date(Date.now() + config.systemClockOffset)
      const signed = HttpRequest.clone(await (await signer).sign(request, { signingDate }))
      signed.headers['content-length'] = String(Buffer.byteLength(signed.body))
      const options = abortSignal === undefined ? {} : { abortSignal }
      const { response } = await config.requestHandler.handle(signed, options)
      if (!(response.body instanceof Readable)) return undefined
      const reply = await text(response.body)
      if (response.statusCode === 200) return reply
      if (reply.includes('#ThrottlingException"')) throw throttled()
      return undefined
    } catch (error) {
      if (abortSignal?.aborted === true || isThrottling(error)) throw error
      return undefined
    }
  }
}

/** The caller waits before it asks a busy SWF again, which a command at once would not. */
function throttled(): SWFServiceException {
  const message = 'Rate exceeded'
  return new SWFServiceException({ name: 'ThrottlingException', message, $fault: 'client', $metadata: {} })
}

const watchName = 'watchEndpoint'

/** Tells of each request that the client sends, once it is addressed. */
function watch(swf: SWFClient, heard: (request: HttpRequest) => void): void {
  swf.middlewareStack.add(
    (next) => async (args) => {
      if (HttpRequest.isInstance(args.request)) heard(args.request)
      return next(args)
    },
    { step: 'finalizeRequest', priority: 'low', name: watchName },
  )
}

let usual: ReadonlySet<string> | undefined

/** True for a client with a logger, or with middleware that the SDK and {@link trimClient} do not give it. */
function hasOwnMiddleware(swf: SWFClient): boolean {
  usual ??= usualMiddleware()
  const ours = new Set(['constantUserAgent - build', `${watchName} - finalizeRequest`])
  return swf.middlewareStack.identify().some((each) => !usual?.has(each) && !ours.has(each))
}

function usualMiddleware(): ReadonlySet<string> {
  const client = new SWFClient({ region: 'us-east-1' })
  client.destroy()
  return new Set(client.middlewareStack.identify())
}

/** A decision task as SWF sends it: times are seconds. */
type SentDecisionTask = Omit<DecisionTask, 'events'> & { readonly events?: readonly SentEvent[] }
type SentEvent = Omit<HistoryEvent, 'eventTimestamp'> & { readonly eventTimestamp: number }

function withDate(event: SentEvent): HistoryEvent {
  return { ...event, eventTimestamp: new Date(Math.round(event.eventTimestamp * 1_000)) }
}
