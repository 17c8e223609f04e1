import { parseArticleXml } from '@continuum/article'
import { doajDocument, pubmedDocument, readRecord } from '@continuum/deposit-documents'
import type { RecipientSettings } from '@continuum/settings'
import type { DepositRow } from '../store/deposits.ts'
import type { Publication } from '../store/publications.ts'
import { crossrefFiles, crossrefPlan, isInvalid, type CrossrefFiles } from './crossref.ts'
import type { Built, BuildTools, Draft, Given } from './draft.ts'
import { journalDetails } from './journal-details.ts'
import { mail } from './mail.ts'
import { packageFor } from './packages.ts'
import { publishedVersion } from './published-version.ts'

/** Creates the function that lists the files of a version for Crossref, when it is planned. */
export function createCrossrefFiles(tools: BuildTools): CrossrefFiles {
  return ({ xml, doi, run: { articleId, version, run }, journal, versions, notice }) =>
    crossrefFiles(
      {
        xml,
        doi,
        articleId,
        version,
        run,
        versions,
        notice,
        journal: journalDetails(journal, tools.recipients, tools.addresses),
      },
      tools,
    )
}

/**
 * Builds the document of a deposit, from the XML of the published run and lax's dates: the same deposit always gives the same bytes. One
 * that would not be valid is never sent; its problems are told instead.
 */
export function createBuild(tools: BuildTools) {
  return async (row: DepositRow, publication: Publication, recipient: RecipientSettings): Promise<Built> => {
    const journal = tools.journals.find(({ prefix }) => prefix === publication.facts.journal)
    const file = publication.files.find(({ kind }) => kind === 'articleXml')
    if (!journal || !file) return { problems: [`the run has no article XML of a journal that is known here`] }
    const bytes = await tools.read(publication.folder, file.name)
    try {
      return await build(tools, { row, publication, recipient, journal, bytes, xml: parseArticleXml(bytes) })
    } catch (error) {
      if (isInvalid(error)) return { problems: [error.message] }
      throw error
    }
  }
}

function build(tools: BuildTools, given: Given): Promise<Built> {
  switch (given.recipient.kind) {
    case 'crossref':
      return crossref(tools, given)
    case 'pubmed':
      return pubmed(tools, given)
    case 'xml-repository':
      return xmlRepository(given)
    case 'doaj':
      return doaj(tools, given)
    case 'mail':
      return mail(tools, given)
    default:
      return packageFor(tools, given)
  }
}

async function crossref(tools: BuildTools, given: Given): Promise<Built> {
  const { row, publication } = given
  const { articleId, version, run, versions, notice, doi } = publication.facts
  const plan = await crossrefPlan(
    { xml: given.xml, doi, articleId, version, run, versions, notice, journal: detailsOf(tools, given) },
    tools,
  )
  if (plan.problems.length > 0) return { problems: plan.problems.map(({ name, problem }) => `${name}: ${problem}`) }
  const file = plan.deposits.find(({ kind }) => kind === row.part)
  if (!file || row.stamp === null) return { problems: [`the XML gives no file of the kind ${row.part}`] }
  const { name, xml } = await file.writeApart(row.stamp)
  return { document: xmlDocument(name, xml) }
}

async function pubmed(tools: BuildTools, given: Given): Promise<Built> {
  const { row, publication, xml } = given
  // Our own record tells what PubMed has: a version whose PoA was refused there is new.
  const known = await tools.sql`
    select 1 from deposit where recipient = ${row.recipient} and article = ${row.article} and id <> ${row.id}
      and (state in ('sent', 'confirmed', 'confirmed-with-warning')) limit 1`
  const { name, xml: text } = pubmedDocument({
    record: readRecord(xml, { doi: publication.facts.doi }),
    journal: detailsOf(tools, given),
    published: publishedVersion(publication.facts),
    isKnown: known.length > 0,
  })
  return { document: xmlDocument(name, text) }
}

async function xmlRepository({ publication, journal, bytes }: Given): Promise<Built> {
  const { articleId, version } = publication.facts
  const number = articleId.startsWith(`${journal.prefix}-`) ? articleId.slice(journal.prefix.length + 1) : articleId
  const name = `${journal.prefix}-${number}-v${version}.xml`
  return { document: { name, mediaType: 'application/xml', bytes } }
}

async function doaj(tools: BuildTools, given: Given): Promise<Built> {
  const { name, json } = doajDocument({
    record: readRecord(given.xml, { doi: given.publication.facts.doi }),
    journal: detailsOf(tools, given),
    published: publishedVersion(given.publication.facts),
  })
  return { document: { name, mediaType: 'application/json', bytes: Buffer.from(json) } }
}

function detailsOf({ recipients, addresses }: BuildTools, { journal }: Given) {
  return journalDetails(journal, recipients, addresses)
}

function xmlDocument(name: string, xml: string): Draft {
  return { name, mediaType: 'application/xml', bytes: Buffer.from(xml) }
}
