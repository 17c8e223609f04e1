/** Calls as they go over the wire, with no SDK between. */
export interface RawReply {
  status: number
  headers: Headers
  body: string
}

export async function post(
  url: string,
  operation: string,
  body: string,
  headers: Record<string, string> = {},
): Promise<RawReply> {
  const reply = await fetch(url, {
    method: 'POST',
    headers: {
      'content-type': 'application/x-amz-json-1.0',
      'x-amz-target': `SimpleWorkflowService.${operation}`,
      authorization:
        'AWS4-HMAC-SHA256 Credential=local/20260101/us-east-1/swf/aws4_request, SignedHeaders=host, Signature=0',
      ...headers,
    },
    body,
  })
  return { status: reply.status, headers: reply.headers, body: await reply.text() }
}

/** A call that must succeed; its reply is what the caller says it is. */
export type Call = <T>(operation: string, request: object) => Promise<T>

export function rawClient(url: string): Call {
  return async (operation, request) => {
    const { status, body } = await post(url, operation, JSON.stringify(request))
    if (status !== 200) throw new Error(`${operation}: ${body}`)
    return JSON.parse(body || '{}')
  }
}
