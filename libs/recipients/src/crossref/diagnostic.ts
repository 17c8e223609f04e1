import { ParseOption, XmlDocument, XmlElement, XmlError } from 'libxml2-wasm'

/** Crossref's word about one DOI of a deposit. */
export interface RecordDiagnostic {
  readonly status: 'Success' | 'Warning' | 'Failure'
  /** Empty where the whole file failed. */
  readonly doi: string
  readonly message: string
}

/** Crossref's answer to the question for a result. */
export interface BatchDiagnostic {
  /** `unknown` is "not yet, or never arrived". */
  readonly status: 'queued' | 'unknown' | 'completed'
  readonly records: readonly RecordDiagnostic[]
}

/** Reads a `doi_batch_diagnostic`; undefined for anything else, as a page in HTML. */
export function readDiagnostic(xml: string): BatchDiagnostic | undefined {
  let document: XmlDocument | undefined
  try {
    document = XmlDocument.fromString(xml, { option: ParseOption.XML_PARSE_NO_XXE })
    const { root } = document
    if (root.name !== 'doi_batch_diagnostic') return undefined
    const status = statusOf(root.attr('status')?.value ?? '')
    const records = root.find('.//*[local-name()="record_diagnostic"]').filter((node) => node instanceof XmlElement)
    return status && { status, records: records.map(toRecord) }
  } catch (error) {
    if (error instanceof XmlError) return undefined
    throw error
  } finally {
    document?.dispose()
  }
}

function statusOf(written: string): BatchDiagnostic['status'] | undefined {
  if (/^(queued|in_?process)$/i.test(written)) return 'queued'
  if (/^unknown/i.test(written)) return 'unknown'
  return /^completed$/i.test(written) ? 'completed' : undefined
}

function toRecord(element: XmlElement): RecordDiagnostic {
  const status = element.attr('status')?.value
  const textAt = (name: string) => element.get(`./*[local-name()="${name}"]`)?.content.trim() ?? ''
  return {
    // An unknown word is no success.
    status: status === 'Success' || status === 'Warning' ? status : 'Failure',
    doi: textAt('doi'),
    message: textAt('msg'),
  }
}
