import { Client, FTPError } from 'basic-ftp'
import { posix } from 'node:path'
import type { Recipient } from '../seam/recipient.ts'
import { fileRecipient, type TransferSettings } from './deliver.ts'
import { AccountFailure, RefusedFileFailure, type TransferProtocol, type TransferSession } from './session.ts'

/** Address and login of an FTP account. */
export interface FtpSettings extends TransferSettings {
  readonly host: string
  readonly port?: number
  readonly user: string
  readonly password: string
  /** FTPS: TLS before the password is sent. `implicit` for servers that speak TLS at once. */
  readonly secure?: boolean | 'implicit'
  /** Certificate in PEM that is trusted besides the system's. */
  readonly certificate?: string
}

/** A file recipient over FTP or FTPS, passive. */
export function ftp(settings: FtpSettings): Recipient {
  return fileRecipient(protocolOf(settings), settings)
}

function protocolOf({ host, port, user, password, secure = false, certificate }: FtpSettings): TransferProtocol {
  return {
    connect: ({ idleSeconds }) => {
      const client = new Client(idleSeconds * 1000)
      const access = {
        host,
        ...(port !== undefined && { port }),
        user,
        password,
        secure,
        ...(certificate !== undefined && { secureOptions: { ca: certificate } }),
      }
      const open = async (): Promise<TransferSession> => {
        await client.access(access).catch(translate)
        return sessionOf(client)
      }
      return { session: open(), close: () => client.close() }
    },
  }
}

function sessionOf(client: Client): TransferSession {
  return {
    makeFolder: async (path) => {
      if (path === '/') return
      await client.ensureDir(path).catch(translate)
      await client.cd('/').catch(translate)
    },
    sizeOf: async (path) => {
      try {
        return await client.size(path)
      } catch (error) {
        if (!(error instanceof FTPError)) throw error
        // Some servers have no SIZE, or none for names that begin with a dot: then the folder's list knows.
        return error.code === 550 ? undefined : listedSize(client, path)
      }
    },
    upload: async (source, path) => void (await client.uploadFrom(source, path).catch(translate)),
    replace: async (from, to) => {
      try {
        await client.rename(from, to)
      } catch (error) {
        if (!(error instanceof FTPError)) throw error
        // A server that replaces nothing.
        await client.remove(to, true)
        await client.rename(from, to).catch(translate)
      }
    },
    remove: async (path) => void (await client.remove(path, true)),
  }
}

async function listedSize(client: Client, path: string): Promise<number | undefined> {
  const files = await client.list(posix.dirname(path)).catch(translate)
  return files.find(({ name }) => name === posix.basename(path))?.size
}

/** Gives an error its class by the server's code; most pass, a full disk (452, 552) too. */
function translate(error: unknown): never {
  const code = error instanceof FTPError ? error.code : 0
  const said = error instanceof Error ? error.message : String(error)
  if (code === 530 || code === 532) throw new AccountFailure(said)
  if (code === 553 || code === 501) throw new RefusedFileFailure(said)
  throw error
}
