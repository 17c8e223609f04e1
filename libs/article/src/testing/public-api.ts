import Ajv from 'ajv-draft-04'
import addFormats from 'ajv-formats'
import { areThere, readSharedJson } from './real-articles.ts'

const ajv = new Ajv.default({ strict: false, validateSchema: false, allErrors: true })
addFormats.default(ajv)

/** Checks a value against a schema of the public API; says what is wrong, nothing when all is well or there is no schema. */
export function apiSchema(name: string): (value: unknown) => readonly string[] {
  if (!areThere) return () => []
  const isValid = ajv.compile(Object(readSharedJson(`api-schemas/model/${name}.json`)))
  return (value) => {
    if (isValid(value)) return []
    return (isValid.errors ?? []).map(
      ({ instancePath, message, params }) => `${instancePath} ${message} ${JSON.stringify(params)}`,
    )
  }
}
