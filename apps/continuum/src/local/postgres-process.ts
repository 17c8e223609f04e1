import { defineService, ProcessSettings, runServices, startEmbeddedPostgres } from '@continuum/service'
import { Type } from 'typebox'

/**
 * PostgreSQL as one of the supervised processes: where the server dies, this dies, and both are started again. Its address is
 * told without the password: who may read the data directory asks `embeddedPostgresUrl`.
 */
const Settings = Type.Object({
  ...ProcessSettings,
  POSTGRES_DATA: Type.String({ description: 'folder of the data' }),
  POSTGRES_PORT: Type.Integer({ minimum: 0, maximum: 65_535 }),
})

const postgres = defineService('postgres', Settings, async ({ settings, logger, signal, onClose }) => {
  const server = await startEmbeddedPostgres({ dataDir: settings.POSTGRES_DATA, port: settings.POSTGRES_PORT, logger })
  onClose(() => server.stop())
  void server.ended.then(() => {
    if (!signal.aborted) process.exit(1)
  })
  return { url: `postgres://127.0.0.1:${settings.POSTGRES_PORT}` }
})

await runServices(postgres)
