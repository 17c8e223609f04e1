import type { App } from '@continuum/service'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { Type } from 'typebox'
import { subjectPath, subjectSlug } from '../article/labels.ts'
import { countMonths, countSubjects, type ArticleList } from '../editions/list-store.ts'
import { authorName, listArticles, listArticlesBy } from '../editions/listing-store.ts'
import { dotted, html } from '../markup/html.ts'
import { browsePage, monthName, monthPath, subjectsPage, yearPage } from '../pages/browse-pages.ts'
import { listPage, type ArticleListing } from '../pages/list-page.ts'
import { authorPath } from '../sections/people.ts'
import { failureReply, notFoundReply, pageReplies, sendNotFound } from '../site/answers.ts'
import { keepAndSend } from '../site/kept-answers.ts'
import type { Site } from '../site/site.ts'

const perPage = 100

/** The page of a list that is asked for. */
export const Page = Type.Object({
  page: Type.Optional(Type.Integer({ minimum: 1, maximum: 999_999, default: 1 })),
})

const common = { tags: ['reading'], security: [] }
const config = { kept: true }
const response = { ...pageReplies('The list.'), 404: notFoundReply, '5xx': failureReply }

/** Adds the lists by date, subject and author. */
export function addBrowseRoutes(app: App, site: Site): void {
  const { sql, pages } = site

  app.get(
    '/browse',
    {
      config,
      schema: { ...common, operationId: 'browse', summary: 'List the years and months of publication', response },
    },
    async (request, reply) => keepAndSend(site, request, reply, browsePage(pages, await countMonths(sql))),
  )
  app.get(
    '/browse/:year',
    {
      config,
      schema: {
        ...common,
        operationId: 'browseYear',
        summary: 'List the months of a year',
        params: Type.Object({ year: Type.String({ pattern: '^\\d{4}$' }) }),
        response,
      },
    },
    async (request, reply) =>
      keepAndSend(site, request, reply, yearPage(pages, request.params.year, await countMonths(sql))),
  )
  app.get(
    '/browse/:year/:month',
    {
      config,
      schema: {
        ...common,
        operationId: 'browseMonth',
        summary: 'List the articles of a month',
        params: Type.Object({
          year: Type.String({ pattern: '^\\d{4}$' }),
          month: Type.String({ pattern: '^(?:0[1-9]|1[0-2]|undated)$' }),
        }),
        querystring: Page,
        response,
      },
    },
    async (request, reply) => {
      const { year, month } = request.params
      const wanted = month === 'undated' ? year : `${year}-${month}`
      return sendList(site, request, reply, { kind: 'month', name: wanted }, request.query.page, {
        title: monthName(wanted),
        address: monthPath(wanted),
        kicker: dotted([html`<a href="/browse">All articles by date</a>`, html`<a href="/browse/${year}">${year}</a>`]),
      })
    },
  )
  app.get(
    '/subjects',
    { config, schema: { ...common, operationId: 'subjects', summary: 'List the subjects', response } },
    async (request, reply) => keepAndSend(site, request, reply, subjectsPage(pages, await countSubjects(sql))),
  )
  app.get(
    '/subjects/:subject',
    {
      config,
      schema: {
        ...common,
        operationId: 'subject',
        summary: 'List the articles of a subject',
        params: Type.Object({ subject: Type.String({ examples: ['neuroscience'] }) }),
        querystring: Page,
        response,
      },
    },
    async (request, reply) => {
      const subject = (await countSubjects(sql)).find(({ name }) => subjectSlug(name) === request.params.subject)?.name
      if (subject === undefined) return sendNotFound(reply, pages)
      const address = subjectPath(subject)
      return sendList(site, request, reply, { kind: 'subject', name: subject }, request.query.page, {
        title: subject,
        address,
        kicker: html`<a href="/subjects">Subjects</a>`,
        links: html`<a href="${address}/feed.atom">Atom</a> <a href="${address}/feed.rss">RSS</a>`,
        head: html`<link rel="alternate" type="application/atom+xml" title="${subject}" href="${address}/feed.atom" />`,
      })
    },
  )
  app.get(
    '/authors/:author',
    {
      config,
      schema: {
        ...common,
        operationId: 'author',
        summary: 'List the articles of an author',
        params: Type.Object({
          author: Type.String({
            maxLength: 500,
            description: 'the ORCID, else the name',
            examples: ['0000-0002-1825-0097', 'Lovelace, Ada'],
          }),
        }),
        querystring: Page,
        response,
      },
    },
    async (request, reply) => {
      const { author } = request.params
      const name = await authorName(sql, author)
      if (name === undefined) return sendNotFound(reply, pages)
      const isOrcid = /^[\dX-]{19}$/.test(author)
      return sendList(site, request, reply, { kind: 'author', name: author }, request.query.page, {
        title: name,
        address: authorPath(author),
        kicker: html`<span>Author</span>`,
        ...(isOrcid && { links: html`<a href="https://orcid.org/${author}">ORCID iD of ${name}</a>` }),
      })
    },
  )
}

/** Sends a page of a list of articles. */
export async function sendList(
  site: Site,
  request: FastifyRequest,
  reply: FastifyReply,
  of: ArticleList | { kind: 'author'; name: string },
  page = 1,
  words: Pick<ArticleListing, 'title' | 'address' | 'kicker' | 'links' | 'head' | 'journal'> & {
    isEmptyShown?: boolean
  },
): Promise<FastifyReply> {
  const { sql, pages, journals } = site
  const paging = { page, perPage }
  const { total, editions } = await (of.kind === 'author'
    ? listArticlesBy(sql, of.name, paging)
    : listArticles(sql, of, paging))
  if (editions.length === 0 && !(words.isEmptyShown && page === 1)) return sendNotFound(reply, pages)
  const shown = listPage(pages, { ...words, total, editions, journals, page, pages: Math.ceil(total / perPage) })
  return keepAndSend(site, request, reply, shown)
}
