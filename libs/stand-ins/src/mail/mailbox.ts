import type { ParsedMail } from 'mailparser'

/** A mail that arrived. */
export interface ReceivedMail {
  readonly id: number
  /** Milliseconds since 1970. */
  readonly receivedAt: number
  /** Envelope: who gets it. */
  readonly to: readonly string[]
  readonly from: string
  readonly subject: string
  readonly messageId: string
  readonly text: string
  /** Empty where there is no HTML. */
  readonly html: string
  readonly raw: Buffer
}

/** All mails that arrived, in their order. */
export interface Mailbox {
  readonly add: (mail: { parsed: ParsedMail; raw: Buffer; to: readonly string[]; from: string }) => void
  readonly mails: () => readonly ReceivedMail[]
  readonly clear: () => void
}

export function createMailbox(now: () => number): Mailbox {
  let mails: readonly ReceivedMail[] = []
  let last = 0
  return {
    add: ({ parsed, raw, to, from }) => {
      mails = [
        ...mails,
        {
          id: ++last,
          receivedAt: now(),
          to,
          from,
          subject: parsed.subject ?? '',
          messageId: parsed.messageId ?? '',
          text: parsed.text ?? '',
          html: parsed.html || '',
          raw,
        },
      ]
    },
    mails: () => mails,
    clear: () => {
      mails = []
    },
  }
}
