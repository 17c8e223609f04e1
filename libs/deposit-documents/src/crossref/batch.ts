import { depositProblems, depositProblemsApart, type DepositProblem } from '@continuum/crossref-schema'
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

/** The two ways to write a deposit file. */
export interface DepositWriter {
  /**
   * Writes and checks the file; the same timestamp gives the same bytes.
   *
   * @throws {InvalidDepositFailure} naming the places that the schema refuses
   */
  readonly write: (timestamp: string) => WrittenDeposit
  /** Does the same, and checks in a thread: compiling the schema takes seconds, and nobody else waits for it. */
  readonly writeApart: (timestamp: string) => Promise<WrittenDeposit>
}

/**
 * Creates the writer of a deposit file.
 *
 * @param stem of its name and batch id: `elife-crossref-00353-v2-article`
 */
export function depositWriter(stem: string, parts: () => Omit<DepositParts, 'timestamp'>): DepositWriter {
  const unchecked = (timestamp: string) => uncheckedDeposit(stem, { timestamp, ...parts() })
  return {
    write: (timestamp) => {
      const written = unchecked(timestamp)
      return accepted(written, depositProblems(written.xml))
    },
    writeApart: async (timestamp) => {
      const written = unchecked(timestamp)
      return accepted(written, await depositProblemsApart(written.xml))
    },
  }
}

function accepted(written: WrittenDeposit, problems: readonly DepositProblem[]): WrittenDeposit {
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
