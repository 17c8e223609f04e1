import type { Readable } from 'node:stream'
import { request as httpRequest } from 'node:http'
import { request as httpsRequest } from 'node:https'
import { Type, type Static, type TSchema } from 'typebox'
import { Value } from 'typebox/value'
import { secretsOf } from '../local/data-directory.ts'
import { runningOn } from '../local/running.ts'
import { UserError } from '../errors/user-error.ts'

/** The usage counter that a command speaks to. */
export interface MetricsClient {
  /** @param content the body, streamed; absent: none */
  send: <Schema extends TSchema>(
    schema: Schema,
    method: 'GET' | 'POST',
    path: string,
    content?: Readable,
  ) => Promise<Static<Schema>>
}

/**
 * Finds the usage counter: of this machine's environment, or with `url` another one, whose token is in METRICS_TOKEN.
 *
 * @throws UserError where nothing runs, or the token is missing
 */
export function metricsClient(options: { url?: string; data: string; base: string }): MetricsClient {
  const { address, token } = options.url === undefined ? localCounter(options) : otherCounter(options.url)
  return {
    send: async (schema, method, path, content) => {
      const { status, text } = await exchange(`${address}${path}`, method, token, content)
      const value = parse(text)
      if (status === 200 && Value.Check(schema, value)) return value
      const detail: unknown = Reflect.get(Object(value), 'detail') ?? Reflect.get(Object(value), 'title')
      throw new UserError(
        `The usage counter at ${address} answered ${status}: ${typeof detail === 'string' ? detail : text.slice(0, 200)}`,
      )
    },
  }
}

function localCounter({ data, base }: { data: string; base: string }): { address: string; token: string } {
  const { data: directory, running } = runningOn(data, base)
  return { address: running.addresses['metrics'] ?? '', token: secretsOf(directory)['metrics-token'] }
}

function otherCounter(url: string): { address: string; token: string } {
  const token = process.env['METRICS_TOKEN']
  if (!token)
    throw new UserError('METRICS_TOKEN is not set: it must be the token of the usage counter that --url names.')
  return { address: url.replace(/\/$/, ''), token }
}

/** Large files are streamed, and counted while they arrive: no time limit is right for all of them. */
function exchange(
  url: string,
  method: 'GET' | 'POST',
  token: string,
  content: Readable | undefined,
): Promise<{ status: number; text: string }> {
  return new Promise((resolve, reject) => {
    const failed = (error: Error) =>
      reject(new UserError(`The usage counter at ${new URL(url).origin} does not answer (${error.message}).`))
    const send = url.startsWith('https:') ? httpsRequest : httpRequest
    const headers = {
      authorization: `Bearer ${token}`,
      ...(method === 'POST' && { 'content-type': 'application/octet-stream' }),
    }
    const asked = send(url, { method, headers }, (response) => {
      let text = ''
      response.setEncoding('utf8')
      response.on('data', (part: string) => (text += part))
      response.on('end', () => resolve({ status: response.statusCode ?? 0, text }))
      response.on('error', failed)
    })
    asked.on('error', failed)
    if (content) {
      content.on('error', (error) => reject(new UserError(error.message)))
      content.pipe(asked)
    } else asked.end()
  })
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** The answer for a log file. */
export const TakenLog = Type.Object({
  name: Type.String(),
  takenBefore: Type.Optional(Type.String()),
  lines: Type.Integer(),
  counted: Type.Integer(),
  skipped: Type.Record(Type.String(), Type.Integer()),
})
export const ClosedDays = Type.Object({
  closed: Type.Array(
    Type.Object({
      day: Type.String(),
      articles: Type.Integer(),
      investigations: Type.Integer(),
      requests: Type.Integer(),
    }),
  ),
})
export const Rebuilt = Type.Object({ reopened: Type.Boolean(), recounted: Type.Integer() })
export const TakenHistory = Type.Object({
  rows: Type.Integer(),
  kept: Type.Integer(),
  views: Type.Integer(),
  downloads: Type.Integer(),
  skipped: Type.Record(Type.String(), Type.Integer()),
})
