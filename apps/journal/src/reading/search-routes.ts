import type { App } from '@continuum/service'
import { Type } from 'typebox'
import { searchPage, type SearchChoice } from '../pages/search-page.ts'
import { failureReply, notFoundReply, pageReplies, sendNotFound, sendPage } from '../site/answers.ts'
import type { Site } from '../site/site.ts'

const Several = Type.Optional(Type.Union([Type.String(), Type.Array(Type.String())]))

const schema = {
  tags: ['reading'],
  security: [],
  operationId: 'search',
  summary: 'Search published articles',
  querystring: Type.Object({
    for: Type.Optional(Type.String({ maxLength: 1000 })),
    subject: Several,
    type: Several,
    page: Type.Optional(Type.Integer({ minimum: 1, maximum: 500, default: 1 })),
  }),
  response: { ...pageReplies('The results.'), 404: notFoundReply, '5xx': failureReply },
}

/** Adds the search page. The article store searches, so that it finds what readers see. */
export function addSearchRoutes(app: App, { articleStore, pages }: Site): void {
  app.get('/search', { schema }, async (request, reply) => {
    const { for: words = '', subject = [], type = [], page = 1 } = request.query
    const choice: SearchChoice = { words: words.trim(), subjects: [subject].flat(), types: [type].flat(), page }
    const results = await articleStore.search(choice)
    return results ? sendPage(reply, searchPage(pages, choice, results)) : sendNotFound(reply, pages)
  })
}
