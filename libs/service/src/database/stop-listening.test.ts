import { expect, test } from 'vitest'
import { createLogger } from '../process/log.ts'
import { testDatabase } from '../testing/test-database.ts'
import { connectDatabase } from './database.ts'
import { stopListening } from './stop-listening.ts'

const logger = createLogger({ service: 'test', level: 'silent' })
const migrations = new URL('../testing/', import.meta.url)

test('nothing is heard after it, and it may come after the connections were closed', async () => {
  await using database = await testDatabase()
  const connect = () => connectDatabase({ url: database.url, schema: 'heard', migrations, logger, max: 1 })
  const speaker = await connect()
  const heard: string[] = []
  // Whether the driver still knows the ended connection is a matter of chance: the more listeners, the surer.
  const listeners = await Promise.all(
    Array.from({ length: 12 }, async () => {
      const sql = await connect()
      return { sql, listening: await sql.listen('news', (text) => void heard.push(text)) }
    }),
  )
  for (const { sql, listening } of listeners.slice(0, 6)) {
    await stopListening(listening)
    await sql.end()
  }
  for (const { sql, listening } of listeners.slice(6)) {
    await sql.end()
    await stopListening(listening)
  }
  await speaker.notify('news', 'one')
  expect(heard).toEqual([])
  await speaker.end()
})

test('another error is not hidden', async () => {
  const listening = { unlisten: () => Promise.reject(new Error('a mistake')) }
  await expect(stopListening(listening)).rejects.toThrow('a mistake')
})

test('a driver that waits for a lost connection is not waited for', async () => {
  const { promise: never } = Promise.withResolvers<void>()
  await stopListening({ unlisten: () => never })
})
