import { depositProblems } from '@continuum/crossref-schema'
import type { JournalDetails } from '../record/journal.ts'
import { el, elWith, writeXml, type XmlElement } from '../xml/element.ts'

/** A deposit as it is sent. */
export interface WrittenDeposit {
  /** File name, unique by its timestamp. */
  readonly name: string
  readonly batchId: string
  readonly xml: string
}

/** Thrown for a deposit that Crossref's schema refuses; it is never sent, and trying again can't help. */
export class InvalidDepositFailure extends Error {
  override readonly name = 'InvalidDepositFailure'
  readonly retry = false
}

const namespaces = {
  xmlns: 'http://www.crossref.org/schema/5.4.0',
  'xmlns:ai': 'http://www.crossref.org/AccessIndicators.xsd',
  'xmlns:ct': 'http://www.crossref.org/clinicaltrials.xsd',
  'xmlns:fr': 'http://www.crossref.org/fundref.xsd',
  'xmlns:jats': 'http://www.ncbi.nlm.nih.gov/JATS1',
  'xmlns:mml': 'http://www.w3.org/1998/Math/MathML',
  'xmlns:rel': 'http://www.crossref.org/relations.xsd',
  'xmlns:xsi': 'http://www.w3.org/2001/XMLSchema-instance',
  'xsi:schemaLocation': 'http://www.crossref.org/schema/5.4.0 https://www.crossref.org/schemas/crossref5.4.0.xsd',
  version: '5.4.0',
}

/** Parts of a deposit file. */
export interface DepositParts {
  readonly timestamp: string
  readonly journal: JournalDetails
  readonly body: readonly XmlElement[]
}

/**
 * Writes a deposit file and checks it by the schema. The same parts and timestamp give the same bytes.
 *
 * @param stem of its name and batch id: `elife-crossref-00353-v2-article`
 * @throws {InvalidDepositFailure} naming the places that the schema refuses
 */
export function writeDeposit(stem: string, parts: DepositParts): WrittenDeposit {
  const written = uncheckedDeposit(stem, parts)
  const problems = depositProblems(written.xml)
  if (problems.length === 0) return written
  const places = problems.slice(0, 5).map(({ line, message }) => `line ${line}: ${message}`)
  throw new InvalidDepositFailure(`Crossref's schema refuses the deposit ${written.batchId}: ${places.join('; ')}`)
}

/** The file as it would be written, for comparing it: it may be invalid. */
export function uncheckedDeposit(stem: string, { timestamp, journal, body }: DepositParts): WrittenDeposit {
  const batchId = `${stem}-${timestamp}`.slice(-100)
  const xml = writeXml(
    elWith(
      'doi_batch',
      namespaces,
      el(
        'head',
        el('doi_batch_id', batchId),
        el('timestamp', timestamp),
        el('depositor', el('depositor_name', journal.depositor.name), el('email_address', journal.depositor.email)),
        el('registrant', journal.registrant),
      ),
      el('body', body),
    ),
  )
  return { name: `${batchId}.xml`, batchId, xml }
}
