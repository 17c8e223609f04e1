import type { FastifyInstance } from 'fastify'
import type { Faults } from '../faults/faults.ts'
import { readRelatedParts } from '../http/related-parts.ts'
import { bodyOf, cut, stall } from '../http/server.ts'

/** A notification that the Router took. */
export interface JiscNotification {
  readonly id: string
  readonly metadata: unknown
  /** Size of the package in bytes. */
  readonly packageSize: number
}

const filesAndJats = 'https://pubrouter.jisc.ac.uk/FilesAndJATS'

/** The routes of Jisc Publications Router's `api/v4`: each notification is a new one, whatever came before. */
export function addJisc(
  server: FastifyInstance,
  { faults, key }: { faults: Faults; key: string },
): () => readonly JiscNotification[] {
  const notifications: JiscNotification[] = []
  const take = (body: Buffer, contentType: string | undefined) => {
    const parts = readRelatedParts(body, contentType)
    const metadata = parts.find(({ name }) => name === 'metadata')
    const content = parts.find(({ name }) => name === 'content')
    return { metadata: metadata && jsonOf(metadata.content), content: content?.content }
  }
  const problemOf = ({ metadata, content }: ReturnType<typeof take>): string | undefined => {
    const format: unknown = Object(Object(metadata).content).packaging_format
    if (metadata === undefined) return 'There is no metadata.json, or it is no JSON.'
    if (format !== filesAndJats) return `The packaging_format must be ${filesAndJats}.`
    if (content?.subarray(0, 2).toString() !== 'PK') return 'content.zip is missing, or it is no zip.'
    return undefined
  }

  server.post<{ Querystring: { api_key?: string }; Params: { action: string } }>(
    '/jisc/api/v4/:action',
    async (request, reply) => {
      const { action } = request.params
      if (action !== 'notification' && action !== 'validate') return reply.code(404).send({ error: 'Not found' })
      const taken = take(bodyOf(request), request.headers['content-type'])
      const fault = faults.take('jisc', JSON.stringify(taken.metadata ?? ''), ...faultNames)
      if (fault?.fault === 'stall') return stall(reply)
      if (fault?.fault === 'busy') return reply.code(429).send({ error: 'Too many requests' })
      if (fault?.fault === 'unavailable') return reply.code(503).send({ error: 'Try later' })
      if (fault?.fault === 'unauthorized' || request.query.api_key !== key)
        return reply.code(401).send({ error: 'The API key is not known.' })
      const problem = fault?.fault === 'refuse' ? (fault.value ?? 'The JATS is not valid') : problemOf(taken)
      if (problem !== undefined) return reply.code(400).send({ error: problem })
      if (action === 'validate') return reply.code(204).send()
      const id = crypto.randomUUID()
      notifications.push({ id, metadata: taken.metadata, packageSize: taken.content?.length ?? 0 })
      if (fault) return cut(reply)
      return reply.code(202).send({ status: 'accepted', id, location: `/api/v4/notification/${id}` })
    },
  )
  server.get('/jisc/notifications', async () => notifications)
  return () => [...notifications]
}

const faultNames = ['busy', 'unavailable', 'unauthorized', 'refuse', 'cut', 'stall']

function jsonOf(bytes: Buffer): unknown {
  try {
    return JSON.parse(bytes.toString('utf8'))
  } catch {
    return undefined
  }
}
