import type { AuthorTemplate } from './choose.ts'
import type { MailTemplate } from './template.ts'

const greeting = '<p>Dear {{ author.givenNames }} {{ author.surname }},</p>'
const link = '<p><a href="{{ article.url }}">{{ article.url }}</a></p>'
const doi =
  '<p>Please cite it by its DOI: <a href="https://doi.org/{{ article.doi }}">https://doi.org/{{ article.doi }}</a></p>'
const closing = '<p>With kind regards,<br>{{ journal.title }}</p>'
const insight =
  '{% if article.insight %}<p>An article that comments on yours is published with it: <a href="{{ article.insight }}">{{ article.insight }}</a></p>{% endif %}'

/** Neutral mails to authors, for journals that have not written their own. */
export const authorTemplates: Readonly<Record<AuthorTemplate, MailTemplate>> = {
  POA: {
    name: 'POA',
    subject: 'Your article is published: {{ article.title }}',
    html: `${greeting}
<p>the accepted manuscript of your article <strong>{{ article.title }}</strong> is published in {{ journal.title }}:</p>
${link}
${doi}
<p>It will be replaced by the version of record as soon as that is ready; the DOI stays the same. We will write to you then.</p>
${closing}`,
  },
  VOR_after_POA: {
    name: 'VOR_after_POA',
    subject: 'The version of record of your article is published: {{ article.title }}',
    html: `${greeting}
<p>the version of record of your article <strong>{{ article.title }}</strong> is published in {{ journal.title }}. It replaces the accepted manuscript:</p>
${link}
${doi}
${insight}
${closing}`,
  },
  VOR_no_POA: {
    name: 'VOR_no_POA',
    subject: 'Your article is published: {{ article.title }}',
    html: `${greeting}
<p>your article <strong>{{ article.title }}</strong> is published in {{ journal.title }}:</p>
${link}
${doi}
${insight}
${closing}`,
  },
  Insight_to_VOR: {
    name: 'Insight_to_VOR',
    subject: 'An article about your work is published: {{ article.title }}',
    html: `${greeting}
<p>{{ journal.title }} has published an article that comments on your work, <strong>{{ article.title }}</strong>{% if authors.size > 0 %} by {{ authors | join: ", " }}{% endif %}:</p>
${link}
${closing}`,
  },
  Feature: {
    name: 'Feature',
    subject: 'Published: {{ article.title }}',
    html: `<p>The feature <strong>{{ article.title }}</strong>{% if authors.size > 0 %} by {{ authors | join: ", " }}{% endif %} is published:</p>
${link}`,
  },
}

/** Variables of a mail to an author. */
export interface AuthorMailVariables {
  readonly article: {
    readonly id: string
    readonly doi: string
    /** Plain text. */
    readonly title: string
    readonly url: string
    /** Address of the Insight that is published with it; absent or false where there is none. */
    readonly insight: string | false
  }
  readonly author: { readonly givenNames: string; readonly surname: string }
  /** Names in the byline. */
  readonly authors: readonly string[]
  readonly journal: { readonly title: string }
}
