import { once } from 'node:events'
import { connect as dial, createServer, type Socket } from 'node:net'
import { getCACertificates, setDefaultCACertificates, TLSSocket } from 'node:tls'
import postgres from 'postgres'
import { generate } from 'selfsigned'
import { beforeAll, expect, onTestFinished, test } from 'vitest'
import { testDatabase } from '../testing/test-database.ts'
import { tlsFor } from './tls.ts'

let certificate: { private: string; cert: string }
beforeAll(async () => {
  certificate = await generate([{ name: 'commonName', value: 'localhost' }], {
    extensions: [
      { name: 'basicConstraints', cA: true },
      { name: 'subjectAltName', altNames: [{ type: 2, value: 'localhost' }] },
    ],
  })
})

/** A server that speaks TLS as PostgreSQL does: the client asks, it answers S. */
async function tlsServer(serve: (socket: TLSSocket) => void) {
  const open = new Set<Socket>()
  const server = createServer((socket) => {
    open.add(socket.on('error', () => undefined))
    socket.once('data', () => {
      socket.write('S')
      const { private: key, cert } = certificate
      serve(new TLSSocket(socket, { isServer: true, key, cert }).on('error', () => undefined))
    })
  }).listen(0, 'localhost')
  await once(server, 'listening')
  onTestFinished(() => {
    server.close()
    for (const socket of open) socket.destroy()
  })
  return Object(server.address()).port
}

const fields = Buffer.from('SFATAL\0C28P01\0Mno\0\0')
/** ErrorResponse: wrong password. */
const refusal = Buffer.concat([Buffer.from([0x45, 0, 0, 0, 4 + fields.length]), fields])

/** Takes the place of a database, asks for the password as it is, and tells what it heard. */
async function impostor() {
  const heard: string[] = []
  const port = await tlsServer((socket) => {
    socket.on('data', (chunk) => {
      heard.push(chunk.toString('latin1'))
      // AuthenticationCleartextPassword
      if (heard.length === 1) socket.write(Buffer.from([0x52, 0, 0, 0, 8, 0, 0, 0, 3]))
      else socket.end(refusal)
    })
  })
  const connect = async (sslmode: string) => {
    const url = `postgres://lax:the-password@localhost:${port}/continuum?sslmode=${sslmode}`
    const sql = postgres(url, { max: 1, connect_timeout: 5, ...tlsFor(url) })
    onTestFinished(() => sql.end({ timeout: 0 }))
    return sql`select 1`.then(
      () => 'connected',
      (error: unknown) => String(Object(error).code),
    )
  }
  return { heard, connect }
}

test('18.12: an impostor is not told the password', async () => {
  const { heard, connect } = await impostor()
  expect(await connect('verify-full')).toMatch(/SELF_SIGNED_CERT/)
  expect(heard).toEqual([])
  // The impostor is one: whoever does not verify tells it.
  await connect('require')
  expect(heard.join('')).toContain('the-password')
})

test('a server with a certificate that Node trusts is used', async () => {
  await using database = await testDatabase()
  const real = new URL(database.url)
  const port = await tlsServer((socket) => {
    const onward = dial(Number(real.port), real.hostname)
    onward.on('error', () => socket.destroy())
    socket.pipe(onward).pipe(socket)
  })
  const before = getCACertificates('default')
  setDefaultCACertificates([...before, certificate.cert])
  onTestFinished(() => setDefaultCACertificates(before))
  const url = new URL(real)
  url.hostname = 'localhost'
  url.port = String(port)
  url.searchParams.set('sslmode', 'verify-full')
  const sql = postgres(url.href, { max: 1, ...tlsFor(url.href) })
  expect(await sql`select 1 as one`).toEqual([{ one: 1 }])
  await sql.end()
})

test('on RDS the authorities of RDS alone are trusted, where the certificate is verified', () => {
  const at = (host: string, sslmode: string) => tlsFor(`postgres://lax@${host}:5432/continuum?sslmode=${sslmode}`)
  const { ssl } = at('ct-database.abc.eu-west-1.rds.amazonaws.com', 'verify-full')
  expect(ssl?.ca.length).toBeGreaterThan(50)
  expect(at('ct-database.abc.eu-west-1.rds.amazonaws.com', 'require')).toEqual({})
  expect(at('rds.amazonaws.com.example.org', 'verify-full')).toEqual({})
  expect(at('localhost', 'verify-full')).toEqual({})
})
