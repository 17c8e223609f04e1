import type { ArticleRecord } from '../editions/record-store.ts'
import type { OaiError, OaiRequest } from './oai-request.ts'
import { jatsNamespace, jatsSchema } from './jats.ts'
import { xml, type Xml } from './xml.ts'

const opening = `<?xml version="1.0" encoding="UTF-8"?>
<OAI-PMH xmlns="http://www.openarchives.org/OAI/2.0/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:schemaLocation="http://www.openarchives.org/OAI/2.0/ http://www.openarchives.org/OAI/2.0/OAI-PMH.xsd">
`

/** Writes a time as OAI-PMH does. */
export function oaiTime(at: Temporal.Instant): string {
  return at.toString({ smallestUnit: 'second' })
}

/**
 * Wraps an answer.
 *
 * @param request absent where its verb or arguments are wrong: then its address alone is repeated
 */
export function oaiAnswer(options: {
  baseUrl: string
  now: Temporal.Instant
  request: OaiRequest | undefined
  content: Xml
}): string {
  const { baseUrl, now, request, content } = options
  const given = request ? Object.entries({ verb: request.verb, ...request.arguments }) : []
  const attributes = given.map(([name, value]) => xml` ${{ xml: name }}="${value}"`)
  return xml`${{ xml: opening }}<responseDate>${oaiTime(now)}</responseDate>
<request${attributes}>${baseUrl}</request>
${content}
</OAI-PMH>
`.xml
}

export function oaiError({ code, message }: OaiError): Xml {
  return xml`<error code="${code}">${message}</error>`
}

/** The header of a record; of one that is no longer public with the status that says so. */
export function headerOf(record: ArticleRecord, identifier: string, sets: readonly string[]): Xml {
  const status = record.version === undefined ? { xml: ' status="deleted"' } : ''
  return xml`<header${status}><identifier>${identifier}</identifier><datestamp>${oaiTime(record.datestamp)}</datestamp>${sets.map((set) => xml`<setSpec>${set}</setSpec>`)}</header>`
}

export function recordXml(header: Xml, metadata: Xml | undefined): Xml {
  return xml`<record>${header}${metadata && xml`<metadata>${metadata}</metadata>`}</record>
`
}

export function identifyXml(options: {
  name: string
  baseUrl: string
  email: string
  earliest: Temporal.Instant
}): Xml {
  const { name, baseUrl, email, earliest } = options
  return xml`<Identify><repositoryName>${name}</repositoryName><baseURL>${baseUrl}</baseURL><protocolVersion>2.0</protocolVersion><adminEmail>${email}</adminEmail><earliestDatestamp>${oaiTime(earliest)}</earliestDatestamp><deletedRecord>persistent</deletedRecord><granularity>YYYY-MM-DDThh:mm:ssZ</granularity></Identify>`
}

export const formatsXml: Xml = xml`<ListMetadataFormats><metadataFormat><metadataPrefix>oai_dc</metadataPrefix><schema>http://www.openarchives.org/OAI/2.0/oai_dc.xsd</schema><metadataNamespace>http://www.openarchives.org/OAI/2.0/oai_dc/</metadataNamespace></metadataFormat><metadataFormat><metadataPrefix>jats</metadataPrefix><schema>${jatsSchema}</schema><metadataNamespace>${jatsNamespace}</metadataNamespace></metadataFormat></ListMetadataFormats>`

export function setsXml(sets: readonly { spec: string; name: string }[]): Xml {
  return xml`<ListSets>${sets.map(({ spec, name }) => xml`<set><setSpec>${spec}</setSpec><setName>${name}</setName></set>`)}</ListSets>`
}

/** The end of a page: a token, on the last page of several an empty one, and none of a list that has one page. */
export function tokenXml(token: string | undefined, isFirst: boolean): Xml | undefined {
  if (token !== undefined) return xml`<resumptionToken>${token}</resumptionToken>`
  return isFirst ? undefined : xml`<resumptionToken/>`
}
