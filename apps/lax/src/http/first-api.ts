import type { App } from '@continuum/service'
import { Type } from 'typebox'
import { Value } from 'typebox/value'
import { formatInstant, fromDate } from '../rules/instants.ts'
import {
  countPublished,
  listPublished,
  listVersionsOfDoi,
  type PublishedVersion as Stored,
} from '../store/read-store.ts'
import { sendGone, sendNotFound, setUncached } from './replies.ts'
import { articleOf, type RouteContext } from './route-context.ts'
import { CorpusInfo, errorReply, PublishedVersion, VersionLookup } from './schemas.ts'

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
  summary: 'Look up what is published of a DOI or an id',
  params: Type.Object({
    '*': Type.String({
      description:
        '`<doi or id>/version/` for all versions, `<doi or id>/version/<v>/` for one, `<doi or id>/` for the newest; such as 10.7554/eLife.00353/version/',
    }),
  }),
  response: {
    200: {
      description: 'The versions, or the version.',
      content: { 'application/json': { schema: Type.Union([PublishedVersion, VersionLookup]) } },
    },
    404: errorReply('No such version is public.'),
    410: errorReply('Attributes are gone.'),
    '5xx': errorReply('The store failed.'),
  },
}

const corpusSchema = {
  tags: ['pipeline'],
  security: [],
  operationId: 'countArticles',
  summary: 'Count the articles that are public',
  response: {
    200: { description: 'The numbers.', content: { 'application/json': { schema: CorpusInfo } } },
    '5xx': errorReply('The store failed.'),
  },
}

/**
 * Adds what is left of the first article API: published versions of a DOI or an id, which clients of 2016 look up, and the
 * number of articles.
 *
 * @param options.hide leave it out of the contract, where it is at a second address
 */
export function addFirstApi(
  api: App,
  { sql, journals }: Pick<RouteContext, 'sql' | 'journals'>,
  { hide = false } = {},
): void {
  api.get('/v1/article/*', { schema: { ...schema, hide } }, async (request, reply) => {
    const path = request.params['*']
    if (/\/attribute\//.test(path)) return sendGone(reply, 'Attributes are keys of the article JSON.')
    const [, name = '', all, number] = /^(.+?)(?:(\/version)(?:\/(\d{1,9}))?)?\/?$/.exec(path) ?? []
    const versions = name.startsWith('10.')
      ? await listVersionsOfDoi(sql, name)
      : await listPublished(sql, articleOf(name, journals))
    const wanted = number === undefined ? versions.at(-1) : versions.find(({ version }) => version === Number(number))
    if (!wanted) return sendNotFound(reply)
    setUncached(reply)
    if (all === undefined || number !== undefined) return describe(wanted)
    return Object.fromEntries(versions.map((found) => [String(found.version), describe(found)]))
  })

  api.get('/v1/corpus/info/', { schema: { ...corpusSchema, hide } }, async (_, reply) => {
    setUncached(reply)
    const { articles, researchArticles } = await countPublished(sql)
    return { 'article-count': articles, 'research-article-count': researchArticles }
  })
}

function describe({ version, doi, status, date, snippet }: Stored) {
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
