import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { connect } from 'node:net'
import { posix } from 'node:path'
import { pipeline } from 'node:stream/promises'
import SftpClient from 'ssh2-sftp-client'
import type { Recipient } from '../seam/recipient.ts'
import { fileRecipient, type TransferSettings } from './deliver.ts'
import { AccountFailure, type TransferProtocol, type TransferSession } from './session.ts'

/** Address and login of an SFTP account. */
export interface SftpSettings extends TransferSettings {
  readonly host: string
  readonly port?: number
  readonly user: string
  readonly password?: string
  /** In PEM or OpenSSH's format. */
  readonly privateKey?: string
  /** Fingerprints of the host keys that are known, as `ssh-keygen -l` prints them: `SHA256:...`. At least one. */
  readonly hostKeys: readonly string[]
}

/** A file recipient over SFTP. A host key that is not known ends the connection before the password is sent. */
export function sftp(settings: SftpSettings): Recipient {
  return fileRecipient(protocolOf(settings), settings)
}

function protocolOf(settings: SftpSettings): TransferProtocol {
  const { host, port = 22, user, password, privateKey, hostKeys } = settings
  return {
    connect: ({ idleSeconds }) => {
      // Its own listeners write to the console.
      const client = new SftpClient('recipient', { error: () => {}, end: () => {}, close: () => {} })
      // Of our own, for each write of a file waits for its answer: Nagle's algorithm would add 40 ms to each.
      const socket = connect({ host, port, noDelay: true })
      let foreign: string | undefined
      const open = async (): Promise<TransferSession> => {
        try {
          await client.connect({
            sock: socket,
            username: user,
            ...(password !== undefined && { password }),
            ...(privateKey !== undefined && { privateKey }),
            readyTimeout: idleSeconds * 1000,
            hostVerifier: (key: Buffer) => {
              const found = `SHA256:${createHash('sha256').update(key).digest('base64').replace(/=+$/, '')}`
              const isKnown = hostKeys.includes(found)
              if (!isKnown) foreign = found
              return isKnown
            },
          })
        } catch (error) {
          throw foreign === undefined ? accessFailure(error) : new AccountFailure(foreignKey(host, foreign, hostKeys))
        }
        return sessionOf(client)
      }
      return { session: open(), close: () => void socket.destroy() }
    },
  }
}

function sessionOf(client: SftpClient): TransferSession {
  const sizeOf = async (path: string): Promise<number | undefined> => {
    try {
      return (await client.stat(path)).size
    } catch (error) {
      if (isMissing(error)) return undefined
      throw error
    }
  }
  return {
    sizeOf,
    makeFolder: async (path) => {
      if (path === '/') return
      for (const folder of foldersTo(path)) if ((await sizeOf(folder)) === undefined) await client.mkdir(folder)
    },
    upload: async (source, path) => {
      // Not `put`, which takes a write that failed for the end of the file.
      const target = client.createWriteStream(path, { autoClose: false, highWaterMark: 1024 * 1024 })
      const closed = once(target, 'close')
      closed.catch(() => {})
      await pipeline(source, target)
      target.destroy()
      await closed
    },
    replace: async (from, to) => {
      try {
        await client.posixRename(from, to)
      } catch {
        // Without OpenSSH's extension a rename replaces nothing.
        if ((await sizeOf(to)) !== undefined) await client.delete(to)
        await client.rename(from, to)
      }
    },
    remove: async (path) => void (await client.delete(path, true)),
  }
}

/** `/a`, `/a/b` for `/a/b`. */
function foldersTo(path: string): readonly string[] {
  const names = path.split('/').filter(Boolean)
  return names.map((_, index) => posix.join('/', ...names.slice(0, index + 1)))
}

function isMissing(error: unknown): boolean {
  const { code }: { code?: unknown } = Object(error)
  return code === 'ENOENT' || code === 'ERR_NOT_EXIST' || code === 2
}

function accessFailure(error: unknown): unknown {
  const said = error instanceof Error ? error.message : String(error)
  return /authentication/i.test(said) ? new AccountFailure(`the login was refused: ${said}`) : error
}

function foreignKey(host: string, found: string, known: readonly string[]): string {
  return `${host} shows the host key ${found}, and ${known.join(' or ')} is known: nothing was sent. Ask the recipient if the key was changed, then put the new one into the settings.`
}
