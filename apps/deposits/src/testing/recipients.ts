import { text } from 'node:stream/consumers'
import type { AskResult, Document, Recipient, SendContext, SendResult } from '@continuum/recipients'
import type { RecipientSettings } from '@continuum/settings'

const here = '127.0.0.1'
const server = { protocol: 'sftp', host: here, user: 'continuum', folder: '/' } as const
const common = { silent: 'always', schedule: 'at once' } as const

/** Recipients of the tests, on this machine. */
export const crossref = {
  ...common,
  statuses: ['poa' as const, 'vor' as const],
  silent: 'highest' as const,
  kind: 'crossref' as const,
  name: 'crossref',
  title: 'Crossref',
  url: `http://${here}:1/servlet`,
  user: 'continuum',
  depositor: { name: 'Continuum', email: 'deposits@example.org' },
  registrant: 'Continuum',
} satisfies RecipientSettings
export const pubmed = {
  ...common,
  statuses: ['poa' as const, 'vor' as const],
  silent: 'never' as const,
  kind: 'pubmed' as const,
  name: 'pubmed',
  title: 'PubMed',
  server,
  journalTitle: 'Elife',
} satisfies RecipientSettings
export const pmc: RecipientSettings = {
  ...common,
  statuses: ['vor'],
  retracted: false,
  kind: 'pmc',
  name: 'pmc',
  title: 'PMC',
  server,
}
export const authors = {
  ...common,
  statuses: ['poa' as const, 'vor' as const],
  kind: 'mail' as const,
  name: 'authors',
  title: 'Authors',
  silent: 'never' as const,
  firstOnly: true,
  audience: 'authors' as const,
  smtp: { host: here, port: 25 },
  from: 'editorial@example.org',
} satisfies RecipientSettings

/** A file recipient, with what a test says otherwise. */
export function fileRecipient(
  name: string,
  more: Partial<Extract<RecipientSettings, { kind: 'files' }>> = {},
): RecipientSettings {
  return {
    ...common,
    statuses: ['vor'],
    kind: 'files',
    name,
    title: name,
    server,
    files: ['xml'],
    fileName: '{prefix}-{id}.zip',
    ...more,
  }
}

/** A recipient that answers as a test says, and keeps what it was sent: the wire itself is tested where it is. */
export function scripted(answers: {
  send?: (sent: { name: string; recipient: string; context: SendContext }) => SendResult | Promise<SendResult>
  ask?: (asked: { name: string; key: string }) => AskResult
}) {
  const received: { recipient: string; name: string; content: string; attempt: number; key: string }[] = []
  const connect = (recipient: RecipientSettings): Recipient => ({
    send: async (document, context) => {
      received.push({
        recipient: recipient.name,
        name: document.name,
        content: await contentOf(document),
        attempt: context.attempt,
        key: context.key,
      })
      return (
        (await answers.send?.({ name: document.name, recipient: recipient.name, context })) ?? {
          kind: recipient.kind === 'crossref' ? 'sent' : 'confirmed',
          answer: 'taken',
        }
      )
    },
    ...(recipient.kind === 'crossref' && {
      ask: async ({ document, key }) =>
        answers.ask?.({ name: document.name, key }) ?? { kind: 'confirmed', answer: 'Success' },
    }),
  })
  return { received, connect }
}

async function contentOf({ bytes }: Document): Promise<string> {
  return bytes instanceof Uint8Array ? Buffer.from(bytes).toString() : text(bytes.open())
}
