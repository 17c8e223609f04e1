import { once } from 'node:events'
import { createServer, type AddressInfo, type Socket } from 'node:net'
import { startAwsLocal } from '@continuum/aws-local'
import { testDatabase } from '@continuum/service/testing'
import { afterEach, expect, test } from 'vitest'
import { askAws, askPostgres, askService } from './health-check.ts'

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
  for (const ask of [askService, askAws, askPostgres]) expect(await ask(url, 50)).toEqual({ kind: 'silent' })
})

test('where nobody listens the address is closed', async () => {
  for (const ask of [askService, askAws, askPostgres])
    expect(await ask('http://127.0.0.1:1')).toEqual({ kind: 'closed' })
})

test('a service says itself how it is', async () => {
  const at = '2026-11-28T09:00:00.000Z'
  const well = await server(http(JSON.stringify({ status: 'ok', last_sign_of_life: at })))
  expect(await askService(well)).toEqual({ kind: 'well', lastSignOfLife: at })
  expect(await askService(await server(http('{"status":"failing"}')))).toEqual({ kind: 'unwell', reason: 'failing' })
})

test('a real aws-local and a real PostgreSQL answer', async () => {
  await using aws = await startAwsLocal()
  expect(await askAws(aws.url)).toEqual({ kind: 'well' })
  await using database = await testDatabase()
  expect(await askPostgres(database.url)).toEqual({ kind: 'well' })
})

test('a PostgreSQL that cannot serve says why', async () => {
  const fields = 'SFATAL\0C57P03\0Mthe database system is starting up\0\0'
  const length = String.fromCharCode(0, 0, 0, fields.length + 4)
  expect(await askPostgres(await server(`E${length}${fields}`))).toEqual({
    kind: 'unwell',
    reason: 'the database system is starting up',
  })
})
