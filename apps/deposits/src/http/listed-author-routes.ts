import { ListedAuthors } from '@continuum/messages'
import type { App } from '@continuum/service'
import { Type } from 'typebox'
import { keepListedAuthors, readListedAuthors } from '../store/listed-authors.ts'
import { wakeUnaddressed } from '../work/unaddressed.ts'
import type { RouteContext } from './context.ts'
import { route } from './replies.ts'

const maxBytes = 16 * 1024 * 1024

/** Adds the routes of the editorial office's list of authors, who are written to beside the corresponding authors of the XML. */
export function addListedAuthorRoutes(app: App, { sql, runs, now }: Pick<RouteContext, 'sql' | 'runs' | 'now'>): void {
  app.get(
    '/authors',
    {
      schema: {
        ...route.contract,
        operationId: 'listAuthors',
        summary: 'List the authors of an article by the newest list that has it',
        querystring: Type.Object({ article: Type.String({ minLength: 1 }) }),
        response: {
          200: { description: 'The authors.', content: { 'application/json': { schema: ListedAuthors } } },
          ...route.replies,
        },
      },
    },
    ({ query }) => readListedAuthors(sql, query.article),
  )
  app.put(
    '/authors',
    {
      bodyLimit: maxBytes,
      schema: {
        ...route.contract,
        operationId: 'putAuthors',
        summary: 'Keep a list of authors; it replaces what was listed of its articles before',
        body: Type.Object({ by: Type.String({ minLength: 1, description: 'the person' }), authors: ListedAuthors }),
        response: {
          200: {
            description: 'The articles in it.',
            content: { 'application/json': { schema: Type.Array(Type.String()) } },
          },
          ...route.replies,
        },
      },
    },
    async ({ body }) => {
      const articles = await keepListedAuthors(sql, body.authors, body.by, now())
      await wakeUnaddressed({ sql, runs }, articles)
      return [...articles]
    },
  )
}
