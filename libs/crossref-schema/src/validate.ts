import {
  ParseOption,
  XmlDocument,
  XmlError,
  XmlLibError,
  XmlValidateError,
  XsdValidator,
  xmlRegisterInputProvider,
} from 'libxml2-wasm'
import { readEntry, schemaFiles } from './schema-files.ts'

/** A place where a deposit is not as the schema demands. */
export interface DepositProblem {
  /** Line of the deposit, from 1; 65,535 also for every later one. */
  readonly line: number
  /** The words of libxml2: which element, what was found, what was expected. */
  readonly message: string
}

let validator: XsdValidator | undefined

/**
 * Checks a deposit by Crossref's schema 5.4.0; no problem where it is valid. XML that is not well-formed is a problem too.
 * The first call in a process compiles the schema, which takes some seconds.
 */
export function depositProblems(deposit: Uint8Array | string): readonly DepositProblem[] {
  const compiled = (validator ??= compile())
  let document: XmlDocument | undefined
  try {
    document = XmlDocument.fromBuffer(Buffer.from(deposit), { option: ParseOption.XML_PARSE_NO_XXE })
    compiled.validate(document)
    return []
  } catch (error) {
    return problemsOf(error)
  } finally {
    document?.dispose()
  }
}

/** Compiles the schema now, which takes some seconds, rather than at the first question. */
export function prepareSchema(): void {
  validator ??= compile()
}

function compile(): XsdValidator {
  xmlRegisterInputProvider(schemaFiles)
  const { url, content } = readEntry()
  const schema = XmlDocument.fromBuffer(content, { url })
  try {
    return XsdValidator.fromDoc(schema)
  } finally {
    schema.dispose()
  }
}

function problemsOf(error: unknown): readonly DepositProblem[] {
  if (error instanceof XmlValidateError || error instanceof XmlLibError)
    return error.details.map(({ line, message }) => ({ line, message: plain(message) }))
  if (error instanceof XmlError) return [{ line: 1, message: error.message }]
  throw error
}

/** libxml2's message without the namespaces before every name, which make it hard to read. */
function plain(message: string): string {
  return message.replaceAll(/\{[^{}\s]*\}/g, '').trim()
}
