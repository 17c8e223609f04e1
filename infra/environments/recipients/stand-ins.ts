import type { MailSettings, RecipientSettings, StaffSettings } from '../src/index.ts'
import { elifeRecipients } from './elife.ts'

const host = '127.0.0.1'
/** The fingerprint of the stand-in's key, which is the same at every start. */
const hostKey = 'SHA256:6FXTqqXfYnHzqdGNQzjKii1xdNAeIs9gsPn2C/gB/fY'

/** eLife's recipients as stand-ins on this machine: the same rules, the same protocols, no one outside. */
export function standInRecipients(port: number): RecipientSettings[] {
  const url = `http://${host}:${port}`
  return elifeRecipients({
    crossref: `${url}/crossref/servlet`,
    doaj: `${url}/doaj/api/v4`,
    jisc: `${url}/jisc/api/v4`,
    pubmedAnswers: `${url}/pubmed/eutils`,
    repository: `${url}/repository/repos/journal/articles`,
    smtp: { host, port: port + 3 },
    user: 'stand-in',
    server: (name, protocol) => ({
      protocol,
      host,
      port: port + (protocol === 'sftp' ? 1 : 2),
      user: 'stand-in',
      folder: `/${name}`,
      ...(protocol === 'sftp' && { hostKeys: [hostKey] }),
    }),
  }).map((recipient) => {
    const { journals: _, ...rest } = recipient
    return rest.kind === 'crossref' || rest.kind === 'pubmed' ? { ...rest, quick: true } : rest
  })
}

/** Staff on this machine: their mails are in the mailbox of the stand-ins. */
export function standInStaff(port: number): StaffSettings {
  return { address: 'staff@example.org', from: 'continuum@example.org', smtp: { host, port: port + 3 } }
}

/** The mail server of the local dashboard: what it sends is in the mailbox of the stand-ins. */
export function standInMail(port: number): MailSettings {
  return { from: 'continuum@example.org', typesetter: 'typesetter@example.org', smtp: { host, port: port + 3 } }
}
