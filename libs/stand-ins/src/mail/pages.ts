import type { FastifyInstance } from 'fastify'
import { escapeXml } from '../http/escape.ts'
import { page } from '../http/page.ts'
import type { Mailbox, ReceivedMail } from './mailbox.ts'

/** The mailbox in the browser, and as JSON. */
export function addMailbox(server: FastifyInstance, mailbox: Mailbox): void {
  const find = (id: string) => mailbox.mails().find((mail) => mail.id === Number(id))

  server.get('/mailbox', async (_request, reply) =>
    reply.type('text/html; charset=utf-8').send(listPage(mailbox.mails())),
  )
  server.get('/mailbox.json', async () => mailbox.mails().map(({ raw, ...mail }) => ({ ...mail, size: raw.length })))
  server.delete('/mailbox', async (_request, reply) => {
    mailbox.clear()
    return reply.code(204).send()
  })
  server.get<{ Params: { id: string } }>('/mailbox/:id', async (request, reply) => {
    const mail = find(request.params.id)
    void reply.type('text/html; charset=utf-8')
    return mail ? mailPage(mail) : reply.code(404).send(page('No such mail', '<p><a href="/mailbox">All mails</a></p>'))
  })
  server.get<{ Params: { id: string } }>('/mailbox/:id/source', async (request, reply) => {
    const mail = find(request.params.id)
    return mail ? reply.type('text/plain; charset=utf-8').send(mail.raw) : reply.code(404).send()
  })
}

function listPage(mails: readonly ReceivedMail[]): string {
  const rows = mails
    .toReversed()
    .map(
      ({ id, to, subject, receivedAt }) =>
        `<tr><td>${escapeXml(to.join(', '))}</td><td><a href="/mailbox/${id}">${escapeXml(subject || '(no subject)')}</a></td><td>${timeOf(receivedAt)}</td></tr>`,
    )
  return page(
    'Mailbox',
    mails.length === 0
      ? '<p>No mail arrived yet.</p>'
      : `<table><thead><tr><th scope="col">To</th><th scope="col">Subject</th><th scope="col">Received</th></tr></thead><tbody>${rows.join('')}</tbody></table>`,
  )
}

/** The mail's HTML is shown in a frame that may run no script and ask for nothing. */
function mailPage({ id, to, from, subject, receivedAt, text, html, messageId }: ReceivedMail): string {
  const facts = [
    ['From', from],
    ['To', to.join(', ')],
    ['Received', timeOf(receivedAt)],
    ['Message-ID', messageId],
  ] as const
  const policy = `<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">`
  const body = html
    ? `<iframe title="The mail" sandbox srcdoc="${escapeXml(policy + html)}"></iframe>`
    : `<pre>${escapeXml(text)}</pre>`
  return page(
    subject || '(no subject)',
    `<dl>${facts.map(([name, value]) => `<dt>${name}</dt><dd>${escapeXml(value)}</dd>`).join('')}</dl>
${body}
<p><a href="/mailbox/${id}/source">Source</a> · <a href="/mailbox">All mails</a></p>`,
  )
}

function timeOf(milliseconds: number): string {
  return new Date(milliseconds).toISOString()
}
