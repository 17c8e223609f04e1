import { renderMail, type AuthorMailVariables, type MailTemplate } from '@continuum/deposit-documents'
import { composeMail } from '@continuum/recipients'
import { mailTemplatesOf } from '../rules/mails.ts'
import { insightBeside } from '../store/insights.ts'
import { instantOf } from '../store/outlook.ts'
import type { Built, BuildTools, Given } from './draft.ts'

/** The mail to staff about an article with videos. */
const videoTemplate: MailTemplate = {
  name: 'video',
  subject: 'Published with video: {{ article.title }}',
  html: `<p>{{ journal.title }} has published an article with video: <strong>{{ article.title }}</strong></p>
<p><a href="{{ article.url }}">{{ article.url }}</a></p>`,
}

/** Builds a mail of a template; its Message-ID derives from its key, so that two sendings are one to mail programs. */
export async function mail({ addresses, sql }: BuildTools, given: Given): Promise<Built> {
  const { row, publication, recipient, journal } = given
  if (recipient.kind !== 'mail') return { problems: [`${recipient.title} gets no mails`] }
  const [address = ''] = row.subjects
  const name = row.part.slice(0, row.part.indexOf(':'))
  const template =
    name === 'staff' ? videoTemplate : mailTemplatesOf(recipient, journal.prefix).find((each) => each.name === name)
  if (!template) return { problems: [`there is no mail template for ${row.part}`] }
  const { facts } = publication
  const articleUrl = (id: string) => `${addresses.site}/articles/${id}`
  const insight = await insightBeside(sql, recipient.name, facts.articleId)
  const person = facts.addresses.find((each) => each.address === address)
  const { givenNames = '', surname = '' } = person ?? {}
  const variables: AuthorMailVariables = {
    article: {
      id: facts.articleId,
      doi: facts.doi,
      title: facts.title,
      url: articleUrl(facts.articleId),
      insight: insight === undefined ? false : articleUrl(insight),
    },
    author: { givenNames, surname },
    authors: facts.addresses.map((each) => `${each.givenNames} ${each.surname}`.trim()),
    journal: { title: journal.name },
  }
  const { subject, html, text } = renderMail(template, { ...variables })
  const called = `${givenNames} ${surname}`.trim().replaceAll(/["\\\r\n]/g, ' ')
  const to = called === '' ? address : `"${called}" <${address}>`
  const letter = { from: recipient.from, to, subject, html, text }
  const date = new Date(instantOf(row.plannedAt).epochMilliseconds)
  return { document: await composeMail(letter, { key: row.once ?? row.id, date }) }
}
