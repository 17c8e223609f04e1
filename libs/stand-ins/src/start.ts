import { depositProblemsApart } from '@continuum/crossref-schema'
import { mkdtempSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import type { Server } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createQueue, type CrossrefQueue } from './crossref/queue.ts'
import { addCrossref } from './crossref/routes.ts'
import { createFaults, type Faults } from './faults/faults.ts'
import { startFtp } from './files/ftp.ts'
import { addFiles } from './files/routes.ts'
import { sftpHostKey, startSftp } from './files/sftp.ts'
import { createStore, type FileStore } from './files/store.ts'
import { addFaultControl } from './faults/control.ts'
import { overviewPage } from './overview.ts'
import { createServer } from './http/server.ts'
import { createMailbox, type Mailbox } from './mail/mailbox.ts'
import { addMailbox } from './mail/pages.ts'
import { startSmtp } from './mail/smtp.ts'
import { addDoaj, type DoajArticle } from './services/doaj.ts'
import { addJisc, type JiscNotification } from './services/jisc.ts'
import { addPubmed, type Pubmed } from './services/pubmed.ts'
import { addOpenId } from './services/openid.ts'
import { addRepository, type RepositoryFile } from './services/repository.ts'

/** Options of `startStandIns`. */
export interface StandInOptions {
  /** Address to listen on; 127.0.0.1 by default. */
  readonly host?: string | undefined
  /** First of four ports in a row: HTTP, SFTP, FTP, SMTP. 0 takes free ones. */
  readonly port?: number | undefined
  /** Folder for the files that arrive; by default a temporary one, removed at the end. */
  readonly data?: string | undefined
  /** Time, in milliseconds since 1970; a test may give its own. */
  readonly now?: (() => number) | undefined
  /** Seconds until Crossref decides, and until PubMed loads what it has seen; 2 by default. */
  readonly answerAfterSeconds?: number | undefined
  /** Submissions that may wait at Crossref before it answers 429; 10,000 by default. */
  readonly maxPending?: number | undefined
  /** Compiles Crossref's schema before the start, for tests whose time is not the clock's; else the first decision waits some seconds for it. */
  readonly prepare?: boolean | undefined
  /** ISSNs of the account at DOAJ; any by default. */
  readonly issns?: readonly string[] | undefined
}

/** Running stand-ins. */
export interface StandIns extends AsyncDisposable {
  /** `http://127.0.0.1:4610`; below it `/crossref`, `/pubmed`, `/doaj`, `/jisc`, `/repository`, `/openid`, `/mailbox`, `/files`, `/faults`. */
  readonly url: string
  readonly ports: { readonly http: number; readonly sftp: number; readonly ftp: number; readonly smtp: number }
  /** Fingerprint of the SFTP server's host key, the same at every start. */
  readonly hostKey: string
  /** Certificate of the FTP server in PEM, new at every start. */
  readonly certificate: string
  readonly faults: Faults
  readonly crossref: Pick<CrossrefQueue, 'records' | 'submissions'>
  readonly doaj: () => readonly DoajArticle[]
  readonly pubmed: Pubmed
  readonly jisc: () => readonly JiscNotification[]
  readonly repository: () => readonly RepositoryFile[]
  readonly sftp: FileStore
  readonly ftp: FileStore
  readonly mailbox: Mailbox
  readonly close: () => Promise<void>
}

/** User name, password, key and token that every stand-in takes. */
export const standInSecret = 'stand-in'

/**
 * Starts all stand-ins.
 *
 * @throws the system's error with code EADDRINUSE where a port is taken
 */
export async function startStandIns(options: StandInOptions = {}): Promise<StandIns> {
  const { host = '127.0.0.1', port = 0, now = Date.now, answerAfterSeconds = 2, maxPending = 10_000 } = options
  if (options.prepare) await depositProblemsApart('')
  const folder = options.data ?? mkdtempSync(join(tmpdir(), 'stand-ins-'))
  const account = { user: standInSecret, password: standInSecret }
  const portOf = (offset: number) => (port === 0 ? 0 : port + offset)
  const faults = createFaults()
  const queue = createQueue({ now, answerAfter: answerAfterSeconds * 1000 })
  const mailbox = createMailbox(now)
  const stores = { sftp: createStore(join(folder, 'sftp')), ftp: createStore(join(folder, 'ftp')) }

  const server = createServer({ local: host === '127.0.0.1' })
  addCrossref(server, { queue, faults, account: { login: account.user, password: account.password, maxPending } })
  const doaj = addDoaj(server, { faults, account: { key: standInSecret, issns: options.issns ?? [] } })
  const jisc = addJisc(server, { faults, key: standInSecret })
  const repository = addRepository(server, { faults, token: standInSecret })
  const pubmed = addPubmed(server, { faults, store: stores.sftp, now, loadAfter: answerAfterSeconds * 1000 })
  addOpenId(server, { faults, secret: standInSecret })
  addFaultControl(server, faults)
  addMailbox(server, mailbox)
  addFiles(server, stores)
  const rows = async (addresses: readonly (readonly [name: string, address: string, link: string])[]) => {
    const numbers = [
      `${queue.records().length} records`,
      `${doaj().length} articles`,
      `${(await pubmed.citations()).length} citations`,
      `${jisc().length} notifications`,
      `${repository().length} files`,
      `${(await stores.sftp.files()).length} files`,
      `${(await stores.ftp.files()).length} files`,
      `${mailbox.mails().length} mails`,
    ]
    return addresses.map(([name, address, link], index) => ({ name, address, link, holds: numbers[index] ?? '' }))
  }
  server.get('/', async (_request, reply) => {
    const { url, ports } = standIns
    const shown = await rows([
      ['Crossref', `${url}/crossref/servlet/deposit`, '/crossref/records'],
      ['DOAJ', `${url}/doaj/api/v4/articles`, '/doaj/articles'],
      ['PubMed, asked', `${url}/pubmed/eutils`, '/pubmed/citations'],
      ['Jisc Publications Router', `${url}/jisc/api/v4`, '/jisc/notifications'],
      ['XML repository', `${url}/repository/repos/journal/articles`, '/repository/files'],
      ['SFTP', `${host}:${ports.sftp}`, '/files/sftp'],
      ['FTP and FTPS', `${host}:${ports.ftp}`, '/files/ftp'],
      ['Mail', `${host}:${ports.smtp}`, '/mailbox'],
    ])
    return reply.type('text/html; charset=utf-8').send(overviewPage(shown, faults.list()))
  })

  await using running = new AsyncDisposableStack()
  if (options.data === undefined) running.defer(async () => rm(folder, { recursive: true, force: true }))
  const closing = (closable: { close: (done: () => void) => unknown }) => () =>
    new Promise<void>((resolve) => void closable.close(() => resolve()))
  running.defer(async () => server.close())
  await server.listen({ host, port: portOf(0) })
  const sftp = await startSftp({ host, port: portOf(1), store: stores.sftp, faults, account })
  running.defer(closing(sftp))
  const ftp = await startFtp({ host, port: portOf(2), store: stores.ftp, faults, account })
  running.defer(closing(ftp.listener))
  const smtp = await startSmtp({ host, port: portOf(3), mailbox, faults })
  running.defer(closing(smtp))
  running.defer(() => {
    for (const connection of smtp.connections) connection.close()
  })

  const ports = {
    http: listeningPort(server.server),
    sftp: listeningPort(sftp),
    ftp: listeningPort(ftp.listener),
    smtp: listeningPort(smtp.server),
  }
  // All of them run: from here on they end with `close`. Before, a port that was taken ends those that had started.
  const started = running.move()
  const close = async () => started.disposeAsync()
  const standIns: StandIns = {
    url: `http://${host}:${ports.http}`,
    ports,
    hostKey: sftpHostKey.fingerprint,
    certificate: ftp.certificate,
    faults,
    crossref: queue,
    doaj,
    pubmed,
    jisc,
    repository,
    sftp: stores.sftp,
    ftp: stores.ftp,
    mailbox,
    close,
    [Symbol.asyncDispose]: close,
  }
  return standIns
}

function listeningPort(server: Pick<Server, 'address'>): number {
  const address = server.address()
  return typeof address === 'object' && address ? address.port : 0
}
