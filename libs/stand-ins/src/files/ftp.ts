import { once } from 'node:events'
import { createServer, type Server, type Socket } from 'node:net'
import { createSecureContext, type SecureContext } from 'node:tls'
import { generate } from 'selfsigned'
import type { Faults } from '../faults/faults.ts'
import { serveControl } from './ftp-session.ts'
import type { FileAccount } from './sftp.ts'
import type { FileStore } from './store.ts'

interface FtpOptions {
  readonly host: string
  readonly port: number
  readonly store: FileStore
  readonly faults: Faults
  readonly account: FileAccount
}

/** A running FTP server. */
export interface FtpServer {
  readonly listener: Server
  /** In PEM: what a client must trust for FTPS. */
  readonly certificate: string
}

/** Starts an FTP server over a store: passive only, with TLS on demand (`AUTH TLS`) and a certificate of its own for `localhost`. */
export async function startFtp({ host, port, store, faults, account }: FtpOptions): Promise<FtpServer> {
  const { certificate, context } = await selfSigned()
  const sockets = new Set<Socket>()
  const listener = createServer({ noDelay: true }, (socket) => {
    sockets.add(socket)
    socket.on('error', () => socket.destroy()).once('close', () => sockets.delete(socket))
    if (faults.take('ftp', '', 'unavailable')) socket.destroy()
    else serveControl(socket, { store, faults, account, context, host })
  })
  const close = listener.close.bind(listener)
  listener.close = (done) => {
    for (const socket of sockets) socket.destroy()
    return close(done)
  }
  listener.listen(port, host)
  await once(listener, 'listening')
  return { listener, certificate }
}

async function selfSigned(): Promise<{ certificate: string; context: SecureContext }> {
  const { cert, private: key } = await generate([{ name: 'commonName', value: 'localhost' }], {
    keyType: 'ec',
    algorithm: 'sha256',
    extensions: [
      {
        name: 'subjectAltName',
        altNames: [
          { type: 2, value: 'localhost' },
          { type: 7, ip: '127.0.0.1' },
        ],
      },
    ],
  })
  return { certificate: cert, context: createSecureContext({ cert, key }) }
}
