import { expect, test } from 'vitest'
import { createApp } from './app.ts'
import { createLogger } from '../process/log.ts'
import { serve } from './serve.ts'

const logger = createLogger({ service: 'lax', level: 'silent' })
const anyPort = { HOST: '127.0.0.1', PORT: 0 }

test('closing cuts an event stream that never ends, within two seconds', async () => {
  const app = await createApp({ name: 'lax', logger })
  app.get('/stream', (_, reply) => {
    reply.raw.writeHead(200, { 'content-type': 'text/event-stream' })
    reply.raw.write(': hello\n\n')
    return reply.hijack()
  })
  const { url, close } = await serve(app, anyPort)
  const response = await fetch(`${url}/stream`)
  const reader = response.body?.getReader()
  await reader?.read()
  const cut = reader?.read().then(
    () => 'ended',
    () => 'cut',
  )
  const started = performance.now()
  await close()
  expect(performance.now() - started).toBeLessThan(2000)
  expect(['cut', 'ended']).toContain(await cut)
})

test('a port that is taken is an error at once', async () => {
  const first = await serve(await createApp({ name: 'lax', logger }), anyPort)
  const port = Number(new URL(first.url).port)
  const second = await createApp({ name: 'lax', logger })
  await expect(serve(second, { HOST: '127.0.0.1', PORT: port })).rejects.toMatchObject({ code: 'EADDRINUSE' })
  await second.close()
  await first.close()
})
