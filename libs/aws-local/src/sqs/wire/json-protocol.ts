import { SqsError } from '../model/errors.ts'
import { isInput, type Input, type Reply } from '../model/input.ts'

/** One call as a client made it, in either protocol. */
export interface Call {
  readonly operation: string
  readonly input: Input
}

/** What goes back over HTTP. */
export interface HttpReply {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
}

const contentType = 'application/x-amz-json-1.0'

/**
 * Reads a call of the JSON protocol: the operation from the header `X-Amz-Target: AmazonSQS.<Operation>`, its input
 * from the body.
 */
export function readJsonCall(target: string, body: string): Call {
  return { operation: target.slice(target.lastIndexOf('.') + 1), input: parseInput(body) }
}

function parseInput(body: string): Input {
  try {
    const input: unknown = JSON.parse(body === '' ? '{}' : body)
    if (isInput(input)) return input
  } catch {
    // Told below, as for JSON that is no object.
  }
  throw new SqsError('SerializationException', 'The body of the request is not a JSON object.')
}

export const jsonReply = (reply: Reply): HttpReply => ({
  status: 200,
  headers: { 'content-type': contentType },
  body: JSON.stringify(reply),
})

/** The shape's name for SDK v3, the old code in a header for clients of the Query protocol's time. */
export const jsonError = (error: SqsError): HttpReply => ({
  status: 400,
  headers: { 'content-type': contentType, 'x-amzn-query-error': `${error.queryCode};Sender` },
  body: JSON.stringify({ __type: `com.amazonaws.sqs#${error.shape}`, message: error.message }),
})
