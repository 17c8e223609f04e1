import fastify, { type FastifyInstance, type FastifyReply } from 'fastify'

/** The largest body that is taken: a package for Jisc. */
const maxBody = 512 * 1024 * 1024

/**
 * The HTTP server of all stand-ins. Every body is given to its route as bytes. On loopback it answers only to names of this
 * machine, so that no web page can reach it.
 */
export function createServer({ local }: { local: boolean }): FastifyInstance {
  const server = fastify({ bodyLimit: maxBody, forceCloseConnections: true })
  server.removeAllContentTypeParsers()
  server.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body))
  server.addHook('onRequest', async (request, reply) => {
    const known = /^(localhost|127\.0\.0\.1|\[::1\])$/.test(request.hostname)
    if (local && !known) await reply.code(403).send('Stand-ins answer only to names of this machine.\n')
  })
  return server
}

/** The bytes of a request's body. */
export function bodyOf({ body }: { body: unknown }): Buffer {
  return Buffer.isBuffer(body) ? body : Buffer.alloc(0)
}

/** Breaks the connection instead of answering. */
export function cut(reply: FastifyReply): void {
  reply.hijack()
  reply.raw.destroy()
}

/** Leaves a request without an answer, until its client or the server ends. */
export function stall(reply: FastifyReply): void {
  reply.hijack()
}

/** A short page in HTML, as services answer errors with. */
export function errorPage(title: string, words: string): string {
  return `<!DOCTYPE html>\n<html>\n<head><title>${title}</title></head>\n<body>\n<h2>${title}</h2>\n<p>${words}</p>\n</body>\n</html>\n`
}
