import addressparser from 'nodemailer/lib/addressparser'
import SMTPConnection from 'nodemailer/lib/smtp-connection'
import { Readable } from 'node:stream'
import { readDocument } from '../seam/bytes.ts'
import type { Recipient, SendResult } from '../seam/recipient.ts'
import { startWatch } from '../seam/watch.ts'
import { toResult, SmtpFailure, type Stage } from './result.ts'

/** Address and login of a mail server. */
export interface SmtpSettings {
  readonly host: string
  /** 587 by default, 465 with `secure`. */
  readonly port?: number
  /** TLS from the first byte. */
  readonly secure?: boolean
  /** Refuses to go on without STARTTLS; so it is by default where there is a login. */
  readonly requireTls?: boolean
  readonly user?: string
  readonly password?: string
  /** Gets a copy of each mail; it stands in no header. */
  readonly bcc?: string
  /** Outside production: everything goes to this address, whoever it is for. */
  readonly onlyTo?: string
  /** Seconds without an answer; 60 by default. */
  readonly idleSeconds?: number
}

/**
 * Mail: sends a message of `composeMail` as it is, to the address in its To. 4xx = later, 5xx = refused. Where the line breaks after
 * the last byte of the message and before the server's answer, whether it arrived is `uncertain`: it is not sent again by itself.
 */
export function smtp(settings: SmtpSettings): Recipient {
  const { idleSeconds = 60 } = settings
  return {
    send: async (document, _context, signal) => {
      const message = await readDocument(document)
      const envelope = envelopeOf(message, settings)
      if (envelope === undefined)
        return { kind: 'refused', answer: `${document.name} has no From or no To with one address` }
      const { host, port, secure, user, password, requireTls = user !== undefined && !secure } = settings
      const connection = new SMTPConnection({
        host,
        ...(port !== undefined && { port }),
        ...(secure !== undefined && { secure }),
        ...(requireTls && { requireTLS: true }),
        connectionTimeout: idleSeconds * 1000,
        greetingTimeout: idleSeconds * 1000,
        socketTimeout: idleSeconds * 1000,
      })
      let stage: Stage = 'before'
      const source = Readable.from(
        told(message, (at) => (stage = at)),
        { objectMode: false },
      )
      const watch = startWatch({ idleSeconds, totalSeconds: 600, signal, stop: () => connection.close() })
      try {
        const result = await watch.race(converse(connection, { envelope, source, user, password, watch }))
        connection.quit()
        return result
      } catch (error) {
        return toResult(error, { stage, reason: watch.reason })
      } finally {
        watch.end()
        source.destroy()
        connection.close()
      }
    },
  }
}

interface Envelope {
  readonly from: string
  /** The person, and who gets a copy. */
  readonly to: readonly [string, ...string[]]
}

interface Talk {
  readonly envelope: Envelope
  readonly source: Readable
  readonly user: string | undefined
  readonly password: string | undefined
  readonly watch: { readonly progress: () => void }
}

async function converse(connection: SMTPConnection, talk: Talk): Promise<SendResult> {
  const { envelope, source, user, password, watch } = talk
  await step('connect', (done) => {
    connection.once('error', (error) => done(error))
    connection.connect(done)
  })
  watch.progress()
  if (user !== undefined) await step('login', (done) => connection.login({ user, pass: password ?? '' }, done))
  watch.progress()
  const info = await new Promise<SMTPConnection.SentMessageInfo>((resolve, reject) => {
    const fail = (error: unknown) => reject(new SmtpFailure('send', error))
    connection.once('error', fail)
    connection.send({ from: envelope.from, to: [...envelope.to] }, source, (error, sent) => {
      if (error || !sent) fail(error)
      else resolve(sent)
    })
  })
  const [person] = envelope.to
  // The copy was taken and the person's address was not.
  if (info.rejected.includes(person)) throw new SmtpFailure('send', info.rejectedErrors?.[0])
  return { kind: 'confirmed', answer: info.response }
}

function step(stage: 'connect' | 'login', run: (done: (error?: Error | null) => void) => void): Promise<void> {
  return new Promise((resolve, reject) => {
    run((error) => (error ? reject(new SmtpFailure(stage, error)) : resolve()))
  })
}

/** The message, telling when its first byte is asked for and when its last was taken. */
function* told(message: Buffer, tell: (stage: Stage) => void): Generator<Buffer> {
  tell('within')
  yield message
  tell('after')
}

/** Sender and recipients by the message's own headers. */
function envelopeOf(message: Buffer, { bcc, onlyTo }: SmtpSettings): Envelope | undefined {
  const end = message.indexOf('\r\n\r\n')
  const head = message
    .subarray(0, end < 0 ? message.length : end)
    .toString('utf8')
    .replaceAll(/\r\n[ \t]+/g, ' ')
  const addresses = (name: string) =>
    addressparser(new RegExp(`^${name}:(.*)$`, 'im').exec(head)?.[1] ?? '', { flatten: true }).map(
      ({ address }) => address,
    )
  const [from] = addresses('From')
  const [to, ...others] = addresses('To')
  if (!from || !to || others.length > 0) return undefined
  if (onlyTo !== undefined) return { from, to: [onlyTo] }
  return { from, to: bcc === undefined ? [to] : [to, bcc] }
}
