import { currentSecret, signToken, verifyToken, type App } from '@continuum/service'
import { Type, type Static } from 'typebox'
import { Value } from 'typebox/value'
import { knownSubjects, listOfJournal, type ArticleList } from '../editions/list-store.ts'
import { earliestDatestamp, findRecord, listRecords, type ArticleRecord } from '../editions/record-store.ts'
import { metadataOf, isFormat, type Format } from './oai-formats.ts'
import {
  formatsXml,
  headerOf,
  identifyXml,
  oaiAnswer,
  oaiError,
  recordXml,
  setsXml,
  tokenXml,
} from '../indexing/oai-answer.ts'
import { OaiError, readBounds, readRequest, type OaiRequest } from '../indexing/oai-request.ts'
import { xml, type Xml } from '../indexing/xml.ts'
import type { Site } from '../site/site.ts'

const perPage = 100

/** The place in a list at which a token goes on: after a record, never at an offset. */
const Place = Type.Object({
  oai: Type.Literal(1),
  exp: Type.Number(),
  from: Type.Optional(Type.String()),
  until: Type.Optional(Type.String()),
  format: Type.Union([Type.Literal('oai_dc'), Type.Literal('jats')]),
  set: Type.Optional(Type.String()),
  datestamp: Type.String(),
  last: Type.String(),
})

const response = {
  200: {
    description: 'The answer, also where the request is wrong.',
    content: { 'text/xml': { schema: Type.String() } },
  },
  '5xx': { description: 'Try again later.', content: { 'text/html': { schema: Type.String() } } },
}
const schema = {
  tags: ['harvesting'],
  security: [],
  operationId: 'oai',
  summary: 'Harvest the articles (OAI-PMH 2.0, oai_dc and jats)',
  response,
}

/** Adds OAI-PMH 2.0: GET and POST `/oai`. */
export function addOaiRoutes(app: App, site: Site): void {
  const baseUrl = `${site.siteUrl}/oai`
  const answer = async (parameters: URLSearchParams): Promise<string> => {
    let request: OaiRequest | undefined
    try {
      request = readRequest(parameters)
      return oaiAnswer({ baseUrl, now: site.now(), request, content: await contentOf(site, request, baseUrl) })
    } catch (error) {
      if (!(error instanceof OaiError)) throw error
      const shown = error.code === 'badArgument' || error.code === 'badVerb' ? undefined : request
      return oaiAnswer({ baseUrl, now: site.now(), request: shown, content: oaiError(error) })
    }
  }
  app.addContentTypeParser('application/x-www-form-urlencoded', { parseAs: 'string' }, (_request, body, done) =>
    done(null, body),
  )
  app.get('/oai', { schema }, async (request, reply) => {
    const { searchParams } = new URL(request.url, site.siteUrl)
    return reply
      .type('text/xml; charset=utf-8')
      .header('cache-control', 'no-cache')
      .send(await answer(searchParams))
  })
  app.post('/oai', { schema: { ...schema, operationId: 'oaiPost' } }, async (request, reply) => {
    const parameters = new URLSearchParams(typeof request.body === 'string' ? request.body : '')
    return reply
      .type('text/xml; charset=utf-8')
      .header('cache-control', 'no-cache')
      .send(await answer(parameters))
  })
}

async function contentOf(site: Site, { verb, arguments: given }: OaiRequest, baseUrl: string): Promise<Xml> {
  const { sql, pages } = site
  switch (verb) {
    case 'Identify': {
      const earliest = (await earliestDatestamp(sql)) ?? site.now()
      return identifyXml({ name: pages.siteName, baseUrl, email: `webmaster@${domainOf(site)}`, earliest })
    }
    case 'ListMetadataFormats': {
      if (given['identifier'] !== undefined) await findIdentified(site, given['identifier'])
      return formatsXml
    }
    case 'ListSets': {
      if (given['resumptionToken'] !== undefined) throw new OaiError('badResumptionToken', 'The sets are one list.')
      return setsXml(await setsOf(site))
    }
    case 'GetRecord': {
      const record = await findIdentified(site, given['identifier'] ?? '')
      const full = await fullRecord(site, record, formatOf(given['metadataPrefix']))
      if (!full) throw new OaiError('cannotDisseminateFormat', 'This record has no such metadata.')
      return xml`<GetRecord>${full}</GetRecord>`
    }
    default:
      return list(site, verb, given)
  }
}

async function list(site: Site, verb: 'ListIdentifiers' | 'ListRecords', given: OaiRequest['arguments']): Promise<Xml> {
  const place = given['resumptionToken'] === undefined ? undefined : readToken(site, given['resumptionToken'])
  const format = place?.format ?? formatOf(given['metadataPrefix'])
  const { from, until, set } = place ?? given
  const records = await listRecords(site.sql, {
    ...readBounds({ ...(from !== undefined && { from }), ...(until !== undefined && { until }) }),
    list: await listOf(site, set),
    ...(place && { after: { datestamp: Temporal.Instant.from(place.datestamp), article: place.last } }),
    limit: perPage + 1,
  })
  const page = records.slice(0, perPage)
  const last = page.at(-1)
  if (!last) throw new OaiError('noRecordsMatch', 'Nothing has changed in this time and set.')
  const token =
    records.length > perPage
      ? signToken(currentSecret(site.previewSecret), {
          oai: 1,
          exp: Number.MAX_SAFE_INTEGER / 1000,
          format,
          ...(from !== undefined && { from }),
          ...(until !== undefined && { until }),
          ...(set !== undefined && { set }),
          datestamp: last.datestamp.toString(),
          last: last.article,
        })
      : undefined
  // A record that a format cannot say is in no list of it; for Dublin Core, which can say all, nothing is looked up for headers.
  const items = await Promise.all(
    page.map(async (record) => {
      if (verb === 'ListIdentifiers' && format === 'oai_dc') return shortHeader(site, record)
      const full = await fullRecord(site, record, format)
      return full && verb === 'ListIdentifiers' ? shortHeader(site, record) : full
    }),
  )
  if (items.every((item) => item === undefined)) {
    if (token === undefined) throw new OaiError('noRecordsMatch', 'No record of this time and set has this format.')
    return list(site, verb, { resumptionToken: token })
  }
  const end = tokenXml(token, place === undefined)
  return verb === 'ListRecords'
    ? xml`<ListRecords>${items}${end}</ListRecords>`
    : xml`<ListIdentifiers>${items}${end}</ListIdentifiers>`
}

function readToken(site: Site, token: string): Static<typeof Place> {
  const place = verifyToken(site.previewSecret, token, site.now())
  if (Value.Check(Place, place)) return place
  throw new OaiError('badResumptionToken', 'This token is not one of this repository.')
}

function formatOf(prefix: string | undefined): Format {
  if (prefix !== undefined && isFormat(prefix)) return prefix
  throw new OaiError('cannotDisseminateFormat', 'The formats of this repository are oai_dc and jats.')
}

/** The host of the site, where it is a domain; identifiers need one. */
function domainOf({ siteUrl }: Pick<Site, 'siteUrl'>): string {
  const { hostname } = new URL(siteUrl)
  return /^[a-z][a-z0-9-]*(\.[a-z][a-z0-9-]*)+$/i.test(hostname) ? hostname : 'journal.localhost'
}

const identifierOf = (site: Site, article: string) => `oai:${domainOf(site)}:${article}`

async function findIdentified(site: Site, identifier: string): Promise<ArticleRecord> {
  const begin = identifierOf(site, '')
  const record = identifier.startsWith(begin) ? await findRecord(site.sql, identifier.slice(begin.length)) : undefined
  if (record) return record
  throw new OaiError('idDoesNotExist', `There is no record ${identifier}.`)
}

const slug = (name: string) => name.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-')

async function setsOf({ sql, journals }: Site): Promise<{ spec: string; name: string }[]> {
  const subjects = await knownSubjects(sql)
  return [
    { spec: 'openaire', name: 'OpenAIRE' },
    ...journals.map(({ prefix, name }) => ({ spec: `journal:${prefix}`, name })),
    ...subjects.map((name) => ({ spec: `subject:${slug(name)}`, name })),
  ]
}

async function listOf({ sql, journals }: Site, set: string | undefined): Promise<ArticleList> {
  if (set === undefined || set === 'openaire') return { kind: 'all' }
  const [, kind, name] = /^(journal|subject):(.+)$/.exec(set) ?? []
  const journal = kind === 'journal' ? journals.find(({ prefix }) => prefix === name) : undefined
  if (journal) return listOfJournal(journal, journals)
  const subject = kind === 'subject' ? (await knownSubjects(sql)).find((each) => slug(each) === name) : undefined
  if (subject === undefined) throw new OaiError('noRecordsMatch', `There is no set ${set}.`)
  return { kind: 'subject', name: subject }
}

function shortHeader(site: Site, record: ArticleRecord): Xml {
  const named = site.journals.find(({ bareIds, prefix }) => !bareIds && record.article.startsWith(`${prefix}-`))
  const journal = named ?? site.journals.find(({ bareIds }) => bareIds)
  const sets = [
    'openaire',
    ...(journal ? [`journal:${journal.prefix}`] : []),
    ...record.subjects.map((name) => `subject:${slug(name)}`),
  ]
  return headerOf(record, identifierOf(site, record.article), sets)
}

/** Returns undefined where the record is public and has no such metadata. */
async function fullRecord(site: Site, record: ArticleRecord, format: Format): Promise<Xml | undefined> {
  const header = shortHeader(site, record)
  if (record.version === undefined) return recordXml(header, undefined)
  const metadata = await metadataOf(site, record, format)
  return metadata && recordXml(header, metadata)
}
