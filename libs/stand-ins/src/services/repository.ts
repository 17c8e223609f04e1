import { createHash } from 'node:crypto'
import type { FastifyInstance } from 'fastify'
import type { Faults } from '../faults/faults.ts'
import { bodyOf, cut, stall } from '../http/server.ts'

/** A file of the repository. */
export interface RepositoryFile {
  readonly path: string
  readonly content: Buffer
  /** Git's name for the content. */
  readonly sha: string
  /** Number of commits that wrote it. */
  readonly commits: number
}

/** The routes of GitHub's contents API: a file is created without, and updated with, the `sha` of what is there. */
export function addRepository(
  server: FastifyInstance,
  { faults, token }: { faults: Faults; token: string },
): () => readonly RepositoryFile[] {
  const files = new Map<string, RepositoryFile>()
  const mayEnter = (authorization: string | undefined) => authorization === `Bearer ${token}`

  server.route<{ Params: { '*': string } }>({
    method: ['GET', 'PUT'],
    url: '/repository/repos/journal/articles/contents/*',
    handler: async (request, reply) => {
      const path = decodeURIComponent(request.params['*'])
      const held = files.get(path)
      const among = request.method === 'PUT' ? ['conflict', 'cut'] : []
      const fault = faults.take('repository', path, 'unavailable', 'unauthorized', 'stall', ...among)
      if (fault?.fault === 'stall') return stall(reply)
      if (fault?.fault === 'unavailable') return reply.code(503).send({ message: 'Try later' })
      if (fault?.fault === 'unauthorized' || !mayEnter(request.headers.authorization))
        return reply.code(401).send({ message: 'Bad credentials' })
      if (request.method === 'GET')
        return held
          ? { path, sha: held.sha, size: held.content.length }
          : reply.code(404).send({ message: 'Not Found' })
      const { content, sha }: { content?: string; sha?: string } = JSON.parse(bodyOf(request).toString('utf8'))
      if (content === undefined) return reply.code(422).send({ message: 'content is missing' })
      if (fault?.fault === 'conflict' || sha !== held?.sha)
        return reply.code(409).send({ message: `${path} does not match ${held?.sha ?? 'a new file'}` })
      const bytes = Buffer.from(content, 'base64')
      files.set(path, { path, content: bytes, sha: gitHash(bytes), commits: (held?.commits ?? 0) + 1 })
      if (fault) return cut(reply)
      return reply.code(held ? 200 : 201).send({ content: { path, sha: gitHash(bytes) } })
    },
  })
  server.get('/repository/files', async () =>
    [...files.values()].map(({ path, sha, commits, content }) => ({ path, sha, commits, size: content.length })),
  )
  return () => [...files.values()]
}

/** Git's hash of a file's content. */
function gitHash(bytes: Buffer): string {
  return createHash('sha1').update(`blob ${bytes.length}\0`).update(bytes).digest('hex')
}
