import { existsSync, readFileSync } from 'node:fs'
import Ajv, { type ValidateFunction } from 'ajv-draft-04'
import Ajv2020 from 'ajv/dist/2020.js'
import addFormats from 'ajv-formats'

/** Schemas of the public API, and COUNTER's specification, beside the repository where they are present. */
const schemas = new URL('../../../../shared/api-schemas/', import.meta.url)

/** True where the schemas are not there, and the tests on them are skipped. */
export const absent = !existsSync(schemas)

/** Ends the names of those tests. */
export const why = absent ? ' (skipped: ../shared/api-schemas is absent)' : ''

const read = (path: string) => JSON.parse(readFileSync(new URL(path, schemas), 'utf8'))
const messages = (validate: ValidateFunction, body: unknown) =>
  validate(body) ? [] : (validate.errors ?? []).map((error) => `${error.instancePath} ${error.message}`)

/** Returns the errors of a body by a schema of the public API, such as `metric-citations.v1`. */
export function apiErrors(name: string, body: unknown): string[] {
  const ajv = new Ajv.default({ strict: false, validateSchema: false })
  addFormats.default(ajv)
  return messages(ajv.compile(read(`model/${name}.json`)), body)
}

/** Returns the errors of a body by a schema of COUNTER's specification, such as `TR_J3`. */
export function counterErrors(name: string, body: unknown): string[] {
  const ajv = new Ajv2020.default({ strict: false, unicodeRegExp: false, allErrors: true })
  addFormats.default(ajv)
  const { components } = read('counter-r51/COUNTER_API.json')
  ajv.addSchema({ $id: 'counter', components })
  return messages(ajv.compile({ $ref: `counter#/components/schemas/${name}` }), body)
}
