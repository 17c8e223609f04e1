import { askPubmed, crossref, doaj, ftp, jisc, sftp, smtp, xmlRepository, type Recipient } from '@continuum/recipients'
import { isReachable, reachOf, type FileServer, type RecipientSettings } from '@continuum/settings'

/** Thrown instead of reaching a real recipient from an environment that is not live. */
export class NotLiveError extends Error {
  override readonly name = 'NotLiveError'
  readonly retry = false
}

/** The password of every stand-in, which is no secret. */
const standInPassword = 'stand-in'

/** Choices of an environment about its recipients. */
export interface ConnectOptions {
  readonly live: boolean
  /** The password or key of each recipient, by its name. */
  readonly credentials: Readonly<Record<string, string>>
}

/**
 * Connects to a recipient. The last gate of the safety of environments is here: whatever was planned, a real recipient is reached from a
 * live environment alone.
 *
 * @param articleNumber stands for `{id}` in the folders of file recipients
 * @throws NotLiveError
 */
export function connectRecipient(
  recipient: RecipientSettings,
  articleNumber: string,
  { live, credentials }: ConnectOptions,
): Recipient {
  if (!isReachable(recipient, live))
    throw new NotLiveError(`${recipient.title} is real, and this environment is not live (deposits.live).`)
  const own = credentials[recipient.name]
  const password = own ?? (reachOf(recipient, live) === 'stand-in' ? standInPassword : '')
  switch (recipient.kind) {
    case 'crossref':
      return crossref({ url: recipient.url, login: recipient.user, password })
    case 'pubmed': {
      const { server, answers } = recipient
      const transfer = connectFiles(server, articleNumber, password)
      return answers === undefined ? transfer : { ...transfer, ask: askPubmed({ url: answers }) }
    }
    case 'doaj':
      return doaj({ url: recipient.url, key: password })
    case 'jisc':
      return jisc({ url: recipient.url, key: password })
    case 'xml-repository': {
      const { url, branch } = recipient
      return xmlRepository({ url, token: password, ...(branch !== undefined && { branch }) })
    }
    case 'mail': {
      const { redirectTo } = recipient
      return smtp({
        ...recipient.smtp,
        ...(recipient.smtp.user !== undefined && { password }),
        ...(!live && redirectTo !== undefined && { onlyTo: redirectTo }),
      })
    }
    default:
      return connectFiles(recipient.server, articleNumber, password)
  }
}

function connectFiles(server: FileServer, articleNumber: string, password: string): Recipient {
  const { protocol, host, port, user, hostKeys = [] } = server
  const folder = server.folder.replaceAll('{id}', articleNumber)
  const common = { host, user, password, folder, ...(port !== undefined && { port }) }
  return protocol === 'sftp' ? sftp({ ...common, hostKeys }) : ftp({ ...common, secure: protocol === 'ftps' })
}
