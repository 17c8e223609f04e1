import MailComposer from 'nodemailer/lib/mail-composer'
import { createHash } from 'node:crypto'
import type { Document } from '../seam/recipient.ts'

/** A mail to one person. */
export interface Mail {
  /** `Features <features@example.org>` */
  readonly from: string
  /** One address. */
  readonly to: string
  readonly subject: string
  /** Absent where the text is all there is. */
  readonly html?: string
  readonly text: string
}

/**
 * Makes the message that is kept and sent, byte for byte. The same mail, key and date make the same bytes, and the Message-ID derives
 * from the key alone, so that two sendings of one mail are one to mail programs.
 */
export async function composeMail(
  mail: Mail,
  { key, date }: { key: string; date: Date },
): Promise<Document & { readonly bytes: Uint8Array }> {
  const domain = /@([^@>\s]+)>?\s*$/.exec(mail.from)?.[1] ?? 'localhost'
  const hash = createHash('sha256').update(key).digest('hex').slice(0, 40)
  const composer = new MailComposer({
    ...mail,
    date,
    messageId: `<${hash}@${domain}>`,
    // nodemailer draws it by lot otherwise.
    baseBoundary: hash.slice(0, 20),
    disableFileAccess: true,
    disableUrlAccess: true,
    xMailer: false,
    headers: { 'Auto-Submitted': 'auto-generated' },
  })
  return { name: `${hash}.eml`, mediaType: 'message/rfc822', bytes: await composer.compile().build() }
}
