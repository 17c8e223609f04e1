import { NoAnswerError, readAnswer, request } from '@continuum/service'
import { Type, type Static, type TSchema } from 'typebox'
import { UserError } from '../errors/user-error.ts'

/** A service and the credential for it. */
export interface Service {
  name: string
  url: string
  authorization: string
}

const timeoutMilliseconds = 30_000

const Refusal = Type.Object({ message: Type.Optional(Type.String()), detail: Type.Optional(Type.String()) })

/**
 * Calls a service with JSON.
 *
 * @throws UserError where it does not answer, or refuses
 */
export async function callService<Schema extends TSchema>(
  schema: Schema,
  { name, url, authorization }: Service,
  call: { method: 'GET' | 'PUT' | 'DELETE'; path: string; body?: object; headers?: Record<string, string> },
): Promise<Static<Schema>> {
  const { method, path, body, headers } = call
  const answer = await request({
    service: name,
    url: url + path,
    method,
    headers: { authorization, ...headers },
    json: body,
    timeoutMilliseconds,
  }).catch((error: unknown) => {
    if (!(error instanceof NoAnswerError)) throw error
    throw new UserError(`${error.message} Say the same command again when it does.`)
  })
  const { status } = answer
  const value = status >= 200 && status < 300 ? readAnswer(schema, answer) : undefined
  if (value !== undefined) return value
  const { message, detail } = readAnswer(Refusal, answer) ?? {}
  throw new UserError(`${name} answered ${status}: ${message ?? detail ?? answer.text.slice(0, 200)}`)
}
