import type { App } from '@continuum/service'
import { Type } from 'typebox'
import { html } from '../markup/html.ts'
import { listOfJournal } from '../editions/list-store.ts'
import { ownPage, ownPageLinks } from '../pages/journal-pages.ts'
import { keptForLong } from './assets.ts'
import { failureReply, notFoundReply, pageReplies, sendNotFound } from '../site/answers.ts'
import { Page, sendList } from './browse-routes.ts'
import { keepAndSend } from '../site/kept-answers.ts'
import { coloursOf } from './looks.ts'
import type { Site } from '../site/site.ts'

const common = { tags: ['reading'], security: [] }
const config = { kept: true }
const Prefix = Type.Object({ prefix: Type.String({ examples: ['ijm'] }) })
const response = { ...pageReplies('The page.'), 404: notFoundReply, '5xx': failureReply }
const fileResponse = (type: string) => ({
  200: { description: 'The file.', content: { [type]: { schema: Type.Unknown() } } },
  404: notFoundReply,
  '5xx': failureReply,
})

/** Adds what a journal has of its own: its articles, its pages, its colours and logo. */
export function addJournalRoutes(app: App, site: Site): void {
  const { pages, journals, content } = site
  const contentOf = (prefix: string) => content.find(({ journal }) => journal === prefix)

  app.get(
    '/journals/:prefix',
    {
      config,
      schema: {
        ...common,
        operationId: 'journal',
        summary: 'List the articles of a journal',
        params: Prefix,
        querystring: Page,
        response,
      },
    },
    async (request, reply) => {
      const { prefix } = request.params
      const journal = journals.find((each) => each.prefix === prefix)
      const look = pages.journals.find((each) => each.prefix === prefix)
      if (!journal || !look) return sendNotFound(reply, pages)
      return sendList(site, request, reply, listOfJournal(journal, journals), request.query.page, {
        title: journal.name,
        address: `/journals/${prefix}`,
        links: html`${ownPageLinks(look)}`,
        journal,
        isEmptyShown: true,
      })
    },
  )
  app.get(
    '/journals/:prefix/style.css',
    {
      schema: {
        ...common,
        operationId: 'journalColours',
        summary: "Get a journal's colours",
        params: Prefix,
        response: fileResponse('text/css'),
      },
    },
    async (request, reply) => {
      const own = contentOf(request.params.prefix)
      const style = own && coloursOf(own)
      if (style === undefined) return sendNotFound(reply, pages)
      return reply
        .header('content-type', 'text/css; charset=utf-8')
        .header('cache-control', keptForLong)
        .send(Buffer.from(style))
    },
  )
  app.get(
    '/journals/:prefix/logo.svg',
    {
      schema: {
        ...common,
        operationId: 'journalLogo',
        summary: "Get a journal's logo",
        params: Prefix,
        response: fileResponse('image/svg+xml'),
      },
    },
    async (request, reply) => {
      const logo = contentOf(request.params.prefix)?.logo
      if (logo === undefined) return sendNotFound(reply, pages)
      return reply.header('content-type', 'image/svg+xml').header('cache-control', keptForLong).send(Buffer.from(logo))
    },
  )
  app.get(
    '/journals/:prefix/:page',
    {
      config,
      schema: {
        ...common,
        operationId: 'journalPage',
        summary: "Show a page of a journal's own, such as its policies",
        params: Type.Object({ prefix: Type.String({ examples: ['ijm'] }), page: Type.String({ examples: ['about'] }) }),
        response,
      },
    },
    async (request, reply) => {
      const { prefix, page } = request.params
      const look = pages.journals.find((each) => each.prefix === prefix)
      const own = contentOf(prefix)?.pages.find(({ name }) => name === page)
      return keepAndSend(site, request, reply, look && own && ownPage(pages, look, own))
    },
  )
}
