import type { Readable } from 'node:stream'

/** An open connection to a server that takes files. Each function throws where the server or the line fails. */
export interface TransferSession {
  /** Makes a folder and those above it, where they are missing. */
  readonly makeFolder: (path: string) => Promise<void>
  /** Size in bytes; undefined where there is no such file. */
  readonly sizeOf: (path: string) => Promise<number | undefined>
  readonly upload: (source: Readable, path: string) => Promise<void>
  /** Gives a file its final name; another of that name is replaced. */
  readonly replace: (from: string, to: string) => Promise<void>
  readonly remove: (path: string) => Promise<void>
}

/** Opens a connection; `close` ends it at once, whatever it does. */
export interface TransferProtocol {
  readonly connect: (limits: { readonly idleSeconds: number }) => {
    readonly session: Promise<TransferSession>
    readonly close: () => void
  }
}

/** Thrown where the server's word concerns the account: a wrong password, a changed host key. */
export class AccountFailure extends Error {
  override readonly name = 'AccountFailure'
  readonly retry = false
}

/** Thrown where the server refuses this file for good. */
export class RefusedFileFailure extends Error {
  override readonly name = 'RefusedFileFailure'
  readonly retry = false
}
