import { once } from 'node:events'
import { createServer, type AddressInfo, type Socket } from 'node:net'
import { startAwsLocal } from '@continuum/aws-local'
import { testDatabase } from '@continuum/service/testing'
import { afterEach, expect, test } from 'vitest'
import { checkAws, checkPostgres, checkService } from './health-check.ts'

const stack = new AsyncDisposableStack()
afterEach(() => sockets.forEach((socket) => socket.destroy()))

const sockets = new Set<Socket>()

/** A server that takes connections and says only this, or nothing. */
async function server(says?: string): Promise<string> {
  const listening = createServer((socket) => {
    sockets.add(socket)
    if (says !== undefined) socket.end(says)
  }).listen(0, '127.0.0.1')
  stack.defer(() => void listening.close())
  await once(listening, 'listening')
  const { port }: AddressInfo = Object(listening.address())
  return `http://127.0.0.1:${port}`
}

const http = (body: string) =>
  `HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: ${body.length}\r\nconnection: close\r\n\r\n${body}`

test('what takes connections and says nothing is silent, whatever it is asked as', async () => {
  const url = await server()
  for (const ask of [checkService, checkAws, checkPostgres]) expect(await ask(url, 50)).toEqual({ kind: 'silent' })
})

test('where nobody listens the address is closed', async () => {
  for (const ask of [checkService, checkAws, checkPostgres])
    expect(await ask('http://127.0.0.1:1')).toEqual({ kind: 'closed' })
})

test('a service says itself how it is', async () => {
  const at = '2026-11-28T09:00:00.000Z'
  const well = await server(http(JSON.stringify({ status: 'ok', last_sign_of_life: at })))
  expect(await checkService(well)).toEqual({ kind: 'healthy', lastSignOfLife: at })
  expect(await checkService(await server(http('{"status":"failing"}')))).toEqual({
    kind: 'unhealthy',
    reason: 'failing',
    failing: [],
  })
  const checks = { database: { ok: true }, lax: { ok: false, message: 'it does not answer' } }
  expect(await checkService(await server(http(JSON.stringify({ status: 'failing', checks }))))).toEqual({
    kind: 'unhealthy',
    reason: 'lax: it does not answer',
    failing: ['lax'],
  })
})

test('a real aws-local and a real PostgreSQL answer', async () => {
  await using aws = await startAwsLocal()
  expect(await checkAws(aws.url)).toEqual({ kind: 'healthy' })
  await using database = await testDatabase()
  expect(await checkPostgres(database.url)).toEqual({ kind: 'healthy' })
})

test('a PostgreSQL that cannot serve says why', async () => {
  const fields = 'SFATAL\0C57P03\0Mthe database system is starting up\0\0'
  const length = String.fromCharCode(0, 0, 0, fields.length + 4)
  expect(await checkPostgres(await server(`E${length}${fields}`))).toEqual({
    kind: 'unhealthy',
    reason: 'the database system is starting up',
  })
})
