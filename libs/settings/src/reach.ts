import type { RecipientSettings } from './recipients.ts'

/** The kind of system that a recipient's address leads to. */
export type Reach = 'real' | 'test system' | 'stand-in' | 'forbidden'

/** The hosts of a recipient's own systems for tests. */
const testHosts = new Set(['test.crossref.org', 'testdoaj.cottagelabs.com'])

/** Returns the host that a recipient's documents go to. */
export function hostOf(recipient: RecipientSettings): string {
  if ('server' in recipient) return recipient.server.host
  return 'smtp' in recipient ? recipient.smtp.host : new URL(recipient.url).hostname
}

/** The hosts that are asked how a deposit ended, where they are others than the recipient's own. */
function answeringHosts(recipient: RecipientSettings): string[] {
  return recipient.kind === 'pubmed' && recipient.answers !== undefined ? [new URL(recipient.answers).hostname] : []
}

/** Returns the address of a recipient for people, without credentials. */
export function addressOf(recipient: RecipientSettings): string {
  if ('server' in recipient) {
    const { protocol, host, port, folder } = recipient.server
    return `${protocol}://${host}${port === undefined ? '' : `:${port}`}${folder.startsWith('/') ? '' : '/'}${folder}`
  }
  return 'smtp' in recipient ? `smtp://${recipient.smtp.host}:${recipient.smtp.port}` : recipient.url
}

/** Tells what a recipient's address leads to in an environment. */
export function reachOf(recipient: RecipientSettings, live: boolean): Reach {
  const hosts = [hostOf(recipient), ...answeringHosts(recipient)]
  if (hosts.every(isLoopback)) return 'stand-in'
  if (recipient.test || hosts.every((host) => isLoopback(host) || testHosts.has(host))) return 'test system'
  // A mail that is redirected reaches nobody but the one who is configured.
  if (recipient.kind === 'mail' && recipient.redirectTo !== undefined) return 'test system'
  return live ? 'real' : 'forbidden'
}

/** Tells if an environment may reach a recipient: one that is not live reaches stand-ins and test systems alone. */
export function isReachable(recipient: RecipientSettings, live: boolean): boolean {
  return reachOf(recipient, live) !== 'forbidden'
}

function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || /^127\.\d{1,3}\.\d{1,3}\.\d{1,3}$/.test(host)
}
