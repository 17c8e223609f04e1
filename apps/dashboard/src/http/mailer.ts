import { composeMail, smtp } from '@continuum/recipients'
import type { DashboardSettings } from '@continuum/settings'

/** A mail to one person. */
export interface Mail {
  readonly to: string
  readonly subject: string
  readonly text: string
}

/** Thrown for a mail that the server did not take, with what it said. */
export class MailNotSentError extends Error {
  override readonly name = 'MailNotSentError'
}

/** Seconds in which a mail server must answer: a person waits for it. */
const idleSeconds = 10

/**
 * Connects the dashboard to its mail server; undefined where the environment has none.
 *
 * @returns a function that sends a mail. `key` names the mail: two sendings of one key are one to mail programs.
 */
export function connectMailer({
  MAIL: settings,
  MAIL_PASSWORD: password,
}: Pick<DashboardSettings, 'MAIL' | 'MAIL_PASSWORD'>): ((mail: Mail, key: string) => Promise<void>) | undefined {
  if (!settings) return undefined
  const { from, redirectTo } = settings
  const server = smtp({
    ...settings.smtp,
    idleSeconds,
    ...(settings.smtp.user !== undefined && password !== undefined && { password }),
    ...(redirectTo !== undefined && { onlyTo: redirectTo }),
  })
  return async ({ to, subject, text }, key) => {
    const date = new Date(Temporal.Now.instant().epochMilliseconds)
    const message = await composeMail({ from, to, subject, text }, { key, date })
    const result = await server.send(message, { key, attempt: 1 }, AbortSignal.timeout(3 * idleSeconds * 1000))
    if (result.kind !== 'confirmed' && result.kind !== 'sent')
      throw new MailNotSentError(`The mail server did not take the mail to ${to}: ${result.answer}`)
  }
}
