import { once } from 'node:events'
import { createServer, type Server as NetServer, type Socket } from 'node:net'
import ssh2, { type Connection } from 'ssh2'
import type { Faults } from '../faults/faults.ts'
import { hostKeyFrom } from './host-key.ts'
import { serveFiles } from './sftp-session.ts'
import type { FileStore } from './store.ts'

/** Login of a file recipient. */
export interface FileAccount {
  readonly user: string
  readonly password: string
}

/** Host key of the SFTP stand-in, the same at every start. */
export const sftpHostKey = hostKeyFrom('stand-in')
const otherHostKey = hostKeyFrom('another stand-in')

interface SftpOptions {
  readonly host: string
  readonly port: number
  readonly store: FileStore
  readonly faults: Faults
  readonly account: FileAccount
}

/** Starts an SFTP server over a store. */
export async function startSftp({ host, port, store, faults, account }: SftpOptions): Promise<NetServer> {
  const sockets = new Set<Socket>()
  const serverWith = (privateKey: string) =>
    new ssh2.Server({ hostKeys: [privateKey] }, (client) => serveClient(client, { store, faults, account }))
  const [usual, other] = [serverWith(sftpHostKey.privateKey), serverWith(otherHostKey.privateKey)]
  const listener = createServer({ noDelay: true }, (socket) => {
    sockets.add(socket)
    socket.on('error', () => socket.destroy()).once('close', () => sockets.delete(socket))
    const fault = faults.take('sftp', '', 'unavailable', 'host-key')
    if (fault?.fault === 'unavailable') socket.destroy()
    else (fault?.fault === 'host-key' ? other : usual).injectSocket(socket)
  })
  const close = listener.close.bind(listener)
  listener.close = (done) => {
    for (const socket of sockets) socket.destroy()
    return close(done)
  }
  listener.listen(port, host)
  await once(listener, 'listening')
  return listener
}

function serveClient(client: Connection, { store, faults, account }: Omit<SftpOptions, 'host' | 'port'>): void {
  client.on('authentication', (context) => {
    const right =
      context.method === 'password' && context.username === account.user && context.password === account.password
    if (right && !faults.take('sftp', '', 'wrong-login')) context.accept()
    else context.reject(['password'])
  })
  client.on('session', (accept) => {
    accept().on('sftp', (acceptSftp) => serveFiles(acceptSftp(), { store, faults, cut: () => client.end() }))
  })
  // A client that breaks off is no error of the server.
  client.on('error', () => {})
}
