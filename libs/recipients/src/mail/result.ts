import type { SendResult } from '../seam/recipient.ts'

/** Part of the message that the server has asked for: none, some, or all of it. */
export type Stage = 'before' | 'within' | 'after'

/** Thrown where a step of the conversation with a mail server fails; `cause` is nodemailer's error. */
export class SmtpFailure extends Error {
  override readonly name = 'SmtpFailure'
  readonly retry = true
  readonly step: 'connect' | 'login' | 'send'

  constructor(step: 'connect' | 'login' | 'send', cause: unknown) {
    super(cause instanceof Error ? cause.message : `${step} failed`, { cause })
    this.step = step
  }
}

/**
 * Decides what an error means. With an answer of the server, by its code. Without one, a message of which the server has not had
 * everything can't have been taken; else nobody knows.
 *
 * @param reason the limit that was reached
 */
export function toResult(error: unknown, { stage, reason }: { stage: Stage; reason: string | undefined }): SendResult {
  const { responseCode, response, command }: Record<'responseCode' | 'response' | 'command', unknown> = Object(
    error instanceof SmtpFailure ? error.cause : error,
  )
  const words = reason ?? (error instanceof Error ? error.message : String(error))
  if (typeof responseCode !== 'number' || responseCode < 400) {
    const answer =
      stage === 'after' ? `the message was sent, and the server's answer to it did not come: ${words}` : words
    return stage === 'after' ? { kind: 'uncertain', answer } : { kind: 'later', answer, countsAsAttempt: true }
  }
  const answer = typeof response === 'string' ? response : words
  if (responseCode < 500) return { kind: 'later', answer, countsAsAttempt: true }
  const isAccount = error instanceof SmtpFailure && error.step !== 'send'
  if (isAccount || responseCode === 530 || responseCode === 535) return { kind: 'refused', answer, account: true }
  return { kind: 'refused', answer, ...(command === 'RCPT TO' && { address: true }) }
}
