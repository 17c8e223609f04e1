import { ParseOption, XmlDocument, XmlElement, XmlError } from 'libxml2-wasm'

/** One record of a deposit: a DOI with what it says of other DOIs. */
export interface DepositedRecord {
  readonly doi: string
  /** DOIs to which the record relates. */
  readonly related: readonly string[]
  readonly xml: string
}

/** The parts of a deposit that Crossref's queue looks at. */
export interface Deposit {
  readonly batchId: string
  readonly timestamp: bigint
  readonly records: readonly DepositedRecord[]
}

/** Elements that are a record of their own: they hold `doi_data`. */
const recordOf = '//*[*[local-name()="doi_data"]]'

/** Reads a deposit; undefined where it is not XML or lacks its head. */
export function readDeposit(xml: string): Deposit | undefined {
  let document: XmlDocument | undefined
  try {
    document = XmlDocument.fromString(xml, { option: ParseOption.XML_PARSE_NO_XXE })
    const batchId = textAt(document.root, './*[local-name()="head"]/*[local-name()="doi_batch_id"]')
    const timestamp = textAt(document.root, './*[local-name()="head"]/*[local-name()="timestamp"]')
    if (batchId === '' || !/^\d{1,19}$/.test(timestamp)) return undefined
    const records = elementsAt(document.root, recordOf).map(toRecord)
    return { batchId, timestamp: BigInt(timestamp), records }
  } catch (error) {
    if (error instanceof XmlError) return undefined
    throw error
  } finally {
    document?.dispose()
  }
}

function toRecord(element: XmlElement): DepositedRecord {
  const related = elementsAt(
    element,
    './/*[local-name()="intra_work_relation" or local-name()="inter_work_relation"][@identifier-type="doi"]',
  ).map(({ content }) => content.trim())
  return {
    doi: textAt(element, './*[local-name()="doi_data"]/*[local-name()="doi"]'),
    related,
    xml: element.toString(),
  }
}

function elementsAt(element: XmlElement, path: string): readonly XmlElement[] {
  return element.find(path).filter((node): node is XmlElement => node instanceof XmlElement)
}

function textAt(element: XmlElement, path: string): string {
  return elementsAt(element, path)[0]?.content.trim() ?? ''
}
