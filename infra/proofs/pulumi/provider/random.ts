import { randomBytes } from 'node:crypto'
import { make } from '../../stand-in/make.ts'
import { newServer, servePlugin } from '../../wire/serve.ts'
import { updated } from './keeper.ts'
import { addProvider } from './provider.ts'

/** The `pulumi-resource-random` of the Pulumi CLI in tests: it generates a value once, and the engine's state keeps it. */
const server = newServer()
addProvider(server, {
  version: '4.21.2',
  configure: () => ({
    create: async (thing) => make({ ...thing, digits: randomBytes(32).toString('hex') }, { region: '', account: '' }),
    read: async ({ inputs, outputs }) => ({ inputs, outputs }),
    update: async ({ inputs, oldInputs, outputs }) => updated(outputs, oldInputs, inputs),
    delete: async () => {},
    invoke: async (token) => Promise.reject(new Error(`random has no function ${token}`)),
  }),
})
await servePlugin(server)
