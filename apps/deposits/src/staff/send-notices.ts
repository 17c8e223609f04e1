import { composeMail, type Recipient } from '@continuum/recipients'
import type { Logger, Sql } from '@continuum/service'
import type { StaffSettings } from '@continuum/settings'

interface NoticeRow {
  readonly key: string
  readonly at: Date
  readonly subject: string
  readonly body: string
}

/**
 * Sends the messages to staff that are planned, each once: it is written down before SMTP, and one whose end nobody knows is not sent again.
 * One that the server cannot take now waits for the next call.
 */
export async function sendNotices(
  { sql, recipient, logger }: { sql: Sql; recipient: Recipient; logger: Logger },
  staff: StaffSettings,
  signal: AbortSignal,
): Promise<void> {
  for (;;) {
    const [notice] = await sql<NoticeRow[]>`
      update notice set state = 'sending' where key = (
        select key from notice where state = 'planned' order by at limit 1 for update skip locked)
      returning key, at, subject, body`
    if (!notice) return
    const html = `<p>${escape(notice.body).replaceAll('\n', '<br>')}</p>`
    const mail = { from: staff.from, to: staff.address, subject: notice.subject, html, text: notice.body }
    const document = await composeMail(mail, { key: `notice ${notice.key}`, date: notice.at })
    const { kind, answer } = await recipient.send(document, { key: notice.key, attempt: 1 }, signal)
    const state = kind === 'later' ? 'planned' : kind === 'uncertain' ? 'uncertain' : 'sent'
    await sql`update notice set state = ${state}, answer = ${answer} where key = ${notice.key}`
    if (kind === 'refused') logger.error({ notice: notice.key, answer }, 'staff could not be told')
    if (kind === 'later') return
  }
}

/**
 * Plans those again that were being sent when the process was killed. An alert that is lost is worse than one that comes twice, and both
 * have the same Message-ID.
 */
export async function replanInterrupted(sql: Sql): Promise<void> {
  await sql`update notice set state = 'planned' where state = 'sending'`
}

function escape(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;')
}
