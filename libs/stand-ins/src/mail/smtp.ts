import { once } from 'node:events'
import { buffer } from 'node:stream/consumers'
import { simpleParser } from 'mailparser'
import { SMTPServer, type SMTPServerSession } from 'smtp-server'
import type { Faults } from '../faults/faults.ts'
import type { Mailbox } from './mailbox.ts'

interface SmtpOptions {
  readonly host: string
  readonly port: number
  readonly mailbox: Mailbox
  readonly faults: Faults
}

/** Starts an SMTP server that keeps every mail; any login is right, and none is needed. */
export async function startSmtp({ host, port, mailbox, faults }: SmtpOptions): Promise<SMTPServer> {
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    hideSize: true,
    // The login's right is not what is tried here.
    onAuth: ({ username }, _session, done) => done(null, { user: username ?? 'anyone' }),
    onConnect: (_session, done) =>
      faults.take('mail', '', 'unavailable') ? done(answer(421, 'Service not available')) : done(),
    onRcptTo: ({ address }, session, done) => {
      const fault = faults.take('mail', address, 'later', 'refuse', 'cut-early')
      if (fault?.fault === 'later') return done(answer(450, 'Mailbox unavailable, try later'))
      if (fault?.fault === 'refuse') return done(answer(550, fault.value ?? 'No such user here'))
      if (fault?.fault === 'cut-early') return drop(server, session)
      return done()
    },
    onData: (stream, session, done) => {
      const to = session.envelope.rcptTo.map(({ address }) => address)
      const fault = faults.take('mail', to.join(' '), 'later-data', 'refuse-data', 'cut', 'stall')?.fault
      buffer(stream)
        .then(async (raw) => {
          if (fault === 'later-data') return done(answer(451, 'Try again later'))
          if (fault === 'refuse-data') return done(answer(554, 'Message refused'))
          if (fault === 'stall') return undefined
          const { mailFrom } = session.envelope
          mailbox.add({ parsed: await simpleParser(raw), raw, to, from: mailFrom ? mailFrom.address : '' })
          return fault === 'cut' ? drop(server, session) : done()
        })
        .catch((error: unknown) => done(error instanceof Error ? error : new Error(String(error))))
    },
  })
  // A client that breaks off is no error of the server.
  server.on('error', () => {})
  server.listen(port, host)
  await once(server.server, 'listening')
  return server
}

function answer(responseCode: number, message: string): Error {
  return Object.assign(new Error(message), { responseCode })
}

function drop(server: SMTPServer, { id }: SMTPServerSession): void {
  for (const connection of server.connections) if (connection.id === id) connection.close()
}
