import { depositProblemsApart } from '@continuum/crossref-schema'
import { withoutReplyChecks } from '@continuum/service/testing'
import { startStandIns, type StandIns } from '@continuum/stand-ins'
import type { RecipientSettings } from '@continuum/settings'
import { onTestFinished } from 'vitest'
import type { Recipient } from '@continuum/recipients'
import { createTestClock } from '@continuum/workflow-core/testing'
import { connectRecipient } from '../services/connect.ts'
import { startWorld, type WorldOptions } from './world.ts'
import { authors, crossref, fileRecipient, pmc, pubmed } from './recipients.ts'

/**
 * Starts the stand-ins of all recipients, over their real protocols.
 *
 * @param now the clock of the test
 */
export async function startLocalRecipients(now: () => number, options: { answerAfterSeconds?: number } = {}) {
  const standIns: StandIns = await withoutReplyChecks(() => startStandIns({ now, answerAfterSeconds: 30, ...options }))
  onTestFinished(() => standIns.close())
  const { url, ports, hostKey } = standIns
  const server = {
    protocol: 'sftp',
    host: '127.0.0.1',
    port: ports.sftp,
    user: 'stand-in',
    folder: '/',
    hostKeys: [hostKey],
  } as const
  const on = <Settings extends RecipientSettings>(recipient: Settings): Settings =>
    'server' in recipient ? { ...recipient, server: { ...server, folder: `/${recipient.name}` } } : recipient
  const doaj: RecipientSettings = {
    kind: 'doaj',
    name: 'doaj',
    title: 'DOAJ',
    url: `${url}/doaj/api/v4`,
    statuses: ['vor'],
    silent: 'always',
    schedule: 'at once',
  }
  return {
    standIns,
    recipients: {
      crossref: { ...crossref, url: `${url}/crossref/servlet`, user: 'stand-in' },
      doaj,
      /** PubMed, which a person confirms. */
      pubmed: on(pubmed),
      /** PubMed, which is asked for its citations. */
      askedPubmed: { ...on(pubmed), answers: `${url}/pubmed/eutils` },
      pmc: on(pmc),
      authors: { ...authors, smtp: { host: '127.0.0.1', port: ports.smtp } },
      /** A file recipient at the stand-in of another protocol. */
      over: (protocol: 'sftp' | 'ftp', recipient: RecipientSettings): RecipientSettings =>
        'server' in recipient
          ? { ...recipient, server: { ...recipient.server, protocol, port: ports[protocol] } }
          : recipient,
      file: (name: string, more: Parameters<typeof fileRecipient>[1] = {}) => on(fileRecipient(name, more)),
    },
    connect: (recipient: RecipientSettings) => connectRecipient(recipient, '00000', { live: false, credentials: {} }),
  }
}

/** The recipients of this machine by their names. */
export type LocalRecipients = Awaited<ReturnType<typeof startLocalRecipients>>

/** Starts the whole service with recipients of this machine, real documents and real protocols, in virtual time. */
export async function startLocalWorld(
  pick: (recipients: LocalRecipients['recipients']) => readonly RecipientSettings[],
  options: Partial<Omit<WorldOptions, 'recipients'>> & {
    answerAfterSeconds?: number
    wrap?: (recipient: Recipient, settings: RecipientSettings) => Recipient
  } = {},
) {
  const { answerAfterSeconds, wrap, ...rest } = options
  const clock = createTestClock(Temporal.Instant.from(options.start ?? '2026-11-30T12:00:00Z').epochMilliseconds)
  const local = await startLocalRecipients(
    () => clock.now(),
    answerAfterSeconds === undefined ? {} : { answerAfterSeconds },
  )
  const connect = (recipient: RecipientSettings) => {
    const connected = local.connect(recipient)
    return wrap ? wrap(connected, recipient) : connected
  }
  const recipients = pick(local.recipients)
  // Crossref's schema takes seconds to compile, which are no part of a test's time.
  if (recipients.some(({ kind }) => kind === 'crossref')) await depositProblemsApart('')
  const world = await startWorld({ realDocuments: true, ...rest, recipients, connect, clock })
  return { ...world, standIns: local.standIns }
}
