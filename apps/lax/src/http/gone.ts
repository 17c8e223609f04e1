import type { App } from '@continuum/service'
import { sendGone } from './replies.ts'

/** Addresses of the first article API that this store has not, with what to use instead. `DESIGN.md` says why. */
const gone: readonly (readonly [method: 'GET' | 'POST', url: string, instead: string])[] = [
  ['GET', '/rss/*', 'Feeds are served by the journal.'],
  ['GET', '/reports/*', 'The dates of every version are in GET /api/v2/articles/{id}/versions.'],
  ...['create-update', 'create', 'update'].map(
    (name) =>
      [
        'POST',
        `/api/v1/article/${name}/`,
        'Article JSON is ingested by PUT /api/v2/articles/{id}/versions/{v}.',
      ] as const,
  ),
  [
    'POST',
    '/api/v1/article/*',
    'Attributes are fragments: POST /api/v2/articles/{id}/fragments/{name}. A correction is a forced ingest.',
  ],
]

/** Adds the answers of addresses that are gone: 410, with the place of what took theirs. */
export function addGone(app: App): void {
  for (const [method, url, instead] of gone) {
    app.route({
      method,
      url,
      schema: { hide: true },
      handler: async (_, reply) => sendGone(reply, instead),
    })
  }
}
