import { ProblemDetails } from '@continuum/service'
import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify'
import { Type, type Static } from 'typebox'
import type { Edition } from '../editions/edition.ts'
import { Eif } from '../editions/eif.ts'
import { FieldError, fieldErrorsOf } from '../editions/eif-errors.ts'

const FieldErrors = Type.Array(FieldError)

/** An edition as the pipeline gets it back: the document that was posted, with its present state and dates. */
export const EditionReply = Type.Object(
  { ...Eif.properties, publish: Type.Boolean({ description: 'readers see it' }) },
  { additionalProperties: true, $id: 'Edition' },
)

export function describeEdition({ eif, stage, dates }: Edition): Static<typeof EditionReply> {
  return {
    ...eif,
    publish: stage === 'published',
    ...(dates && { 'pub-date': dates.published.toString() }),
    ...(dates?.updated && { update: dates.updated.toString() }),
  }
}

const problem = (description: string) => ({ description, content: { 'application/json': { schema: ProblemDetails } } })

export const errorReplies = {
  400: {
    description: 'The document is wrong: a list of its errors, or problem details where it is not JSON.',
    content: {
      'application/json': { schema: FieldErrors },
      'application/problem+json': { schema: ProblemDetails },
    },
  },
  403: problem('The user name or the password is wrong.'),
  404: problem('The site has no such version.'),
  409: {
    description: 'Another run has replaced what was approved.',
    content: { 'application/json': { schema: FieldErrors } },
  },
  '5xx': {
    description: 'The site failed; nothing was changed.',
    content: { 'application/problem+json': { schema: ProblemDetails } },
  },
}

export function sendFieldErrors(reply: FastifyReply, errors: Static<typeof FieldErrors>): FastifyReply {
  return reply.code(400).send(errors)
}

export function sendSuperseded(reply: FastifyReply, run: string | undefined): FastifyReply {
  const message =
    'another run has replaced what was approved: open the newest run on the dashboard, preview and publish that one'
  return reply.code(409).send([{ field: 'data.run', message, value: run ?? null }])
}

export function sendForbidden(reply: FastifyReply): FastifyReply {
  return reply.code(403).send({ title: 'Forbidden', detail: 'the user name or the password is wrong', status: 403 })
}

export function sendUnknown(reply: FastifyReply): FastifyReply {
  return reply.code(404).send({ title: 'Not Found', detail: 'the site has no such version', status: 404 })
}

/** Answers a request that contradicts the schema of its route, in the shape that senders know. */
export function answerSchemaError(error: FastifyError, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  if (error.validationContext === 'params') return sendUnknown(reply)
  if (error.validationContext !== 'body') throw error
  return request.routeOptions.url?.includes('/publish/')
    ? sendFieldErrors(reply, [{ field: 'data.publish', message: 'must be true or false', value: request.body ?? null }])
    : sendFieldErrors(reply, fieldErrorsOf(request.body))
}
