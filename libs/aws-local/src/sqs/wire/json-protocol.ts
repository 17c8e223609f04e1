import { SqsError } from '../model/errors.ts'
import { isInput, type Input, type Reply } from '../model/input.ts'

/** A call, in either protocol. */
export interface Call {
  readonly operation: string
  readonly input: Input
}

/** An HTTP response. */
export interface HttpReply {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
}

const contentType = 'application/x-amz-json-1.0'

/** Parses a call of the JSON protocol: the operation is in the header `X-Amz-Target: AmazonSQS.<Operation>`, its input in the body. */
export function readJsonCall(target: string, body: string): Call {
  return { operation: target.slice(target.lastIndexOf('.') + 1), input: parseInput(body) }
}

function parseInput(body: string): Input {
  try {
    const input: unknown = JSON.parse(body === '' ? '{}' : body)
    if (isInput(input)) return input
  } catch {
    // Reported below, like JSON that is not an object.
  }
  throw new SqsError('SerializationException', 'The body of the request is not a JSON object.')
}

export const jsonReply = (reply: Reply): HttpReply => ({
  status: 200,
  headers: { 'content-type': contentType },
  body: JSON.stringify(reply),
})

/** An error: the shape's name for SDK v3, the old code in a header for clients from the time of the Query protocol. */
export const jsonError = (error: SqsError): HttpReply => ({
  status: 400,
  headers: { 'content-type': contentType, 'x-amzn-query-error': `${error.queryCode};Sender` },
  body: JSON.stringify({ __type: `com.amazonaws.sqs#${error.shape}`, message: error.message }),
})
