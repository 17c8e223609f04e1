import type { App } from '@continuum/service'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { answerNotAllowed } from './errors.ts'

/** The addresses of the article API with the methods that each has. */
const methods: Record<string, readonly string[]> = {
  '/v2/articles': ['GET', 'HEAD'],
  '/v2/articles/:id': ['GET', 'HEAD'],
  '/v2/articles/:id/versions': ['GET', 'HEAD'],
  '/v2/articles/:id/versions/:version': ['GET', 'HEAD', 'PUT', 'POST'],
  '/v2/articles/:id/related': ['GET', 'HEAD'],
  '/v2/search': ['GET', 'HEAD'],
  '/v2/subjects': ['GET', 'HEAD'],
  '/v2/articles/:id/withdrawal': ['PUT', 'DELETE'],
  '/v2/articles/:id/retraction': ['PUT', 'DELETE'],
  '/v2/articles/:id/fragments/:name': ['POST', 'DELETE'],
}

const others = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE']

/** Lets pages of any origin read: the API has no cookies, and a token has to be sent by whoever knows it. */
export function addCrossOrigin(app: App): void {
  app.addHook('onRequest', async (_: FastifyRequest, reply: FastifyReply) => {
    reply.header('access-control-allow-origin', '*').header('access-control-expose-headers', 'ETag, Warning')
  })
}

/** Adds, to each address, the answers to the methods that it lacks, and to OPTIONS. */
export function addOtherMethods(api: App): void {
  const schema = { hide: true }
  for (const [url, allowed] of Object.entries(methods)) {
    api.options(url, { schema }, async (_, reply) =>
      reply
        .header('allow', [...allowed, 'OPTIONS'].join(', '))
        .header('access-control-allow-methods', [...allowed, 'OPTIONS'].join(', '))
        .header('access-control-allow-headers', 'Accept, Authorization, Content-Type, If-None-Match')
        .header('access-control-max-age', '86400')
        .code(204)
        .send(),
    )
    const missing = others.filter((method) => !allowed.includes(method))
    const exposesRead = allowed.includes('GET')
    const names = exposesRead ? missing : [...missing, 'HEAD']
    api.route({ method: names, url, schema, handler: answerNotAllowed(allowed.join(', '), { empty: !exposesRead }) })
  }
}
