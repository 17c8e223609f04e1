import { authorTemplates, renderMail, type AuthorMailVariables } from '@continuum/deposit-documents'
import { UserError } from '../errors/user-error.ts'

const example: AuthorMailVariables = {
  article: {
    id: '00353',
    doi: '10.7554/eLife.00353',
    title: 'A good life',
    url: 'https://journal.example.org/articles/00353',
    insight: false,
  },
  author: { givenNames: 'Ada', surname: 'Lovelace' },
  authors: ['Ada Lovelace', 'Grace Hopper'],
  journal: { title: 'The Journal of Examples' },
}

/**
 * Renders mails to authors with the values of an example.
 *
 * @param name of a template; all where it is absent
 * @param html renders the HTML instead of the plain text
 * @throws UserError naming the templates where there is none of that name
 */
export function previewText(name: string | undefined, html: boolean): string {
  const templates = Object.values(authorTemplates).filter((each) => name === undefined || each.name === name)
  if (templates.length === 0)
    throw new UserError(`There is no template "${name}". There are: ${Object.keys(authorTemplates).join(', ')}.`)
  return templates
    .map((template) => {
      const mail = renderMail(template, { ...example })
      return [`Template: ${template.name}`, `Subject: ${mail.subject}`, '', html ? mail.html : mail.text].join('\n')
    })
    .join('\n\n')
}
