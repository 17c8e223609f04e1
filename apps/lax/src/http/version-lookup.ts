import type { App } from '@continuum/service'
import { Type } from 'typebox'
import { Value } from 'typebox/value'
import { formatInstant, fromDate } from '../rules/instants.ts'
import { listPublished, listVersionsOfDoi, type PublishedVersion } from '../store/read-store.ts'
import { sendNotFound, setUncached } from './replies.ts'
import { articleOf, type RouteContext } from './route-context.ts'
import { errorReply, VersionLookup } from './schemas.ts'

const Snippet = Type.Object({
  title: Type.String(),
  type: Type.String(),
  volume: Type.Optional(Type.Union([Type.Integer(), Type.String()])),
  id: Type.String(),
})

const schema = {
  tags: ['pipeline'],
  security: [],
  operationId: 'lookUpVersions',
  summary: 'Look up the published versions of a DOI or an id',
  params: Type.Object({
    '*': Type.String({ description: '`<doi>/version/` or `<id>/version/`, such as 10.7554/eLife.00353/version/' }),
  }),
  response: {
    200: { description: 'The versions.', content: { 'application/json': { schema: VersionLookup } } },
    404: errorReply('No version of this DOI is public.'),
    '5xx': errorReply('The store failed.'),
  },
}

/**
 * Adds the one route of the article API, version 1, that the pipeline uses: the published versions of a DOI or an id, as an
 * object keyed by version.
 */
export function addVersionLookup(api: App, { sql, journals }: Pick<RouteContext, 'sql' | 'journals'>): void {
  api.get('/v1/article/*', { schema }, async (request, reply) => {
    const named = /^(.+)\/version\/?$/.exec(request.params['*'])?.[1]
    const versions = named
      ? await (named.startsWith('10.') ? listVersionsOfDoi(sql, named) : listPublished(sql, articleOf(named, journals)))
      : []
    if (versions.length === 0) return sendNotFound(reply)
    setUncached(reply)
    return Object.fromEntries(versions.map((found) => [found.version, describe(found)]))
  })
}

function describe({ version, doi, status, date, snippet }: PublishedVersion) {
  const { title, type, volume, id } = Value.Parse(Snippet, JSON.parse(snippet))
  return {
    title,
    version,
    status,
    doi,
    type,
    ...(volume !== undefined && { volume }),
    manuscript_id: id,
    datetime_published: formatInstant(fromDate(date)),
    website_path: `content/${volume}/e${id}v${version}`,
  }
}
