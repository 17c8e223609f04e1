import type { FastifyInstance } from 'fastify'
import { Type } from 'typebox'
import { Value } from 'typebox/value'
import { formatInstant, fromDate } from '../rules/instants.ts'
import type { Parts } from './route-context.ts'
import { listVersionsOfDoi, type PublishedVersion } from '../store/read-store.ts'
import { sendNotFound, uncached } from './replies.ts'

const Snippet = Type.Object({ title: Type.String(), type: Type.String(), volume: Type.Integer(), id: Type.String() })

/**
 * The one question of the article API, version 1, that the pipeline asks: which versions of a DOI are published?
 * `GET /api/v1/article/10.7554/eLife.00353/version/` answers an object keyed by version, 404 where there is none.
 */
export function addVersionLookup(api: FastifyInstance, { sql }: Parts): void {
  api.get<{ Params: { '*': string } }>('/v1/article/*', async (request, reply) => {
    const doi = /^(.+)\/version\/?$/.exec(request.params['*'])?.[1]
    const versions = doi ? await listVersionsOfDoi(sql, doi) : []
    if (versions.length === 0) return sendNotFound(reply)
    return uncached(reply).send(Object.fromEntries(versions.map((found) => [found.version, describe(found)])))
  })
}

function describe({ version, doi, status, date, snippet }: PublishedVersion) {
  const { title, type, volume, id } = Value.Parse(Snippet, JSON.parse(snippet))
  const datetime = formatInstant(fromDate(date))
  const path = `content/${volume}/e${id}v${version}`
  return {
    title,
    version,
    status,
    doi,
    type,
    volume,
    manuscript_id: id,
    datetime_published: datetime,
    website_path: path,
  }
}
