import { canonicalId } from '@continuum/article'
import { packageRules, planDelivery, readRecord, writePackage, type PackageRule } from '@continuum/deposit-documents'
import type { RecipientSettings } from '@continuum/settings'
import { firstPublished } from '../rules/facts.ts'
import type { Built, BuildTools, Given } from './draft.ts'

/**
 * Builds the package of a file recipient from the run's files: what was published, as it was. It is written as a stream, for videos are
 * larger than memory.
 */
export async function packageFor(tools: BuildTools, given: Given): Promise<Built> {
  const { row, publication, recipient, journal, bytes, xml } = given
  const { facts, folder, files, published } = publication
  const xmlName = files.find(({ kind }) => kind === 'articleXml')?.name ?? ''
  const record = readRecord(xml, { doi: facts.doi })
  const year = firstPublished(facts).toZonedDateTimeISO('UTC').year
  const byYear = journal.firstVolumeYear === undefined ? undefined : String(year - journal.firstVolumeYear + 1)
  const planned = planDelivery(
    ruleOf(recipient),
    { names: files.map(({ name }) => name), xmlName, xml: bytes },
    {
      prefix: journal.prefix,
      id: canonicalId(journal, facts.articleId),
      volume: record.volume ?? byYear,
      version: facts.version,
      revision: row.revision ?? 0,
    },
  )
  const { name, mediaType } = planned
  const open = (file: string) => tools.open(folder, file)
  return { document: { name, mediaType, bytes: () => writePackage(planned, { open, date: published }) } }
}

/** The rule of a package; those of file recipients are in the environment's data. */
function ruleOf(recipient: RecipientSettings): PackageRule {
  if (recipient.kind === 'pmc') return packageRules.pmc
  if (recipient.kind !== 'files') return packageRules.everything
  const { files, unzipped = false, fileName, keepVersion = false, withoutVersionDoi = false } = recipient
  return {
    contents: files === 'everything' ? 'everything' : files.includes('pdf') ? 'xml-pdf' : 'xml',
    form: unzipped ? 'file' : 'zip',
    name: fileName,
    keepVersion,
    xml: { removeVersionDoi: withoutVersionDoi, forPmc: !keepVersion },
  }
}
