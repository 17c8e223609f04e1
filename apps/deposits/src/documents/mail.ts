import { authorTemplates, renderMail, type AuthorMailVariables, type MailTemplate } from '@continuum/deposit-documents'
import { composeMail } from '@continuum/recipients'
import { instantOf } from '../store/outlook.ts'
import type { Built, Given } from './draft.ts'
import type { SiteAddresses } from './journal-details.ts'

/** The mail to staff about an article with videos. */
const videoTemplate: MailTemplate = {
  name: 'video',
  subject: 'Published with video: {{ article.title }}',
  html: `<p>{{ journal.title }} has published an article with video: <strong>{{ article.title }}</strong></p>
<p><a href="{{ article.url }}">{{ article.url }}</a></p>`,
}

/** Builds a mail of a template; its Message-ID derives from its key, so that two sendings are one to mail programs. */
export async function mail(addresses: SiteAddresses, given: Given): Promise<Built> {
  const { row, publication, recipient, journal } = given
  if (recipient.kind !== 'mail') return { problems: [`${recipient.title} gets no mails`] }
  const [address = ''] = row.subjects
  const template = templateOf(row.part)
  if (!template) return { problems: [`there is no mail template for ${row.part}`] }
  const { facts } = publication
  const person = facts.addresses.find((each) => each.address === address)
  const { givenNames = '', surname = '' } = person ?? {}
  const variables: AuthorMailVariables = {
    article: {
      id: facts.articleId,
      doi: facts.doi,
      title: facts.title,
      url: `${addresses.site}/articles/${facts.articleId}`,
      insight: false,
    },
    author: { givenNames, surname },
    authors: facts.addresses.map((each) => `${each.givenNames} ${each.surname}`.trim()),
    journal: { title: journal.name },
  }
  const { subject, html, text } = renderMail(template, { ...variables })
  const name = `${givenNames} ${surname}`.trim().replaceAll(/["\\\r\n]/g, ' ')
  const to = name === '' ? address : `"${name}" <${address}>`
  const letter = { from: recipient.from, to, subject, html, text }
  const date = new Date(instantOf(row.plannedAt).epochMilliseconds)
  return { document: await composeMail(letter, { key: row.once ?? row.id, date }) }
}

function templateOf(part: string): MailTemplate | undefined {
  const name = part.slice(0, part.indexOf(':'))
  return name === 'staff' ? videoTemplate : Object.values(authorTemplates).find((template) => template.name === name)
}
