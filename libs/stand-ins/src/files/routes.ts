import type { FastifyInstance } from 'fastify'
import type { FileStore } from './store.ts'

/** Shows what lies at the file recipients: a list, and each file. */
export function addFiles(server: FastifyInstance, stores: Readonly<Record<'sftp' | 'ftp', FileStore>>): void {
  for (const [name, store] of Object.entries(stores)) {
    server.get(`/files/${name}`, async () => store.files())
    server.get<{ Params: { '*': string } }>(`/files/${name}/*`, async (request, reply) => {
      const path = `/${request.params['*']}`
      const stats = await store.stat(path)
      if (!stats || stats.isFolder) return reply.code(404).send({ error: `No file ${path}` })
      return reply.type('application/octet-stream').send(store.read(path))
    })
  }
}
