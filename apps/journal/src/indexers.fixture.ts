import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { XmlDocument, XsdValidator } from 'libxml2-wasm'
import { xmlRegisterFsInputProviders } from 'libxml2-wasm/lib/nodejs.mjs'

/** The schemas of OAI-PMH, beside the repository where they are present. */
const schemas = new URL('../../../../shared/api-schemas/oai-pmh/', import.meta.url)

/** True where the schemas are not there, and the tests on them are skipped. */
export const absent = !existsSync(schemas)

/** Ends the names of those tests. */
export const why = absent ? ' (skipped: ../shared/api-schemas/oai-pmh is absent)' : ''

xmlRegisterFsInputProviders()

/** One schema that has both: what OAI-PMH.xsd leaves open inside <metadata> is oai_dc's. */
const wrapper = `<schema xmlns="http://www.w3.org/2001/XMLSchema">
<import namespace="http://www.openarchives.org/OAI/2.0/" schemaLocation="OAI-PMH.xsd"/>
<import namespace="http://www.openarchives.org/OAI/2.0/oai_dc/" schemaLocation="oai_dc.xsd"/></schema>`

/** Returns the errors of an answer by the schemas of OAI-PMH and oai_dc. */
export function oaiErrors(answer: string): string[] {
  using schema = XmlDocument.fromString(wrapper, { url: fileURLToPath(new URL('both.xsd', schemas)) })
  using validator = XsdValidator.fromDoc(schema)
  using document = XmlDocument.fromString(answer)
  try {
    validator.validate(document)
    return []
  } catch (error) {
    return [String(error)]
  }
}

/** Parses XML, and throws where it is not well-formed. */
export function textsOf(answer: string, name: string): string[] {
  using document = XmlDocument.fromString(answer)
  return document.root.find(`//*[local-name()='${name}']`).map((node) => node.content)
}
