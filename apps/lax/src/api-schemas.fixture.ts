import { existsSync, readdirSync, readFileSync } from 'node:fs'
import Ajv, { type ValidateFunction } from 'ajv-draft-04'
import addFormats from 'ajv-formats'

/** Schemas of the public API and article JSON of real articles, beside the repository where they are present. */
const model = new URL('../../../../shared/api-schemas/model/', import.meta.url)
const articles = new URL('../../../../shared/lax-data/article-json/', import.meta.url)

/** The reason to skip the tests on them, if there is one. */
export const absent = existsSync(model) && existsSync(articles) ? undefined : '../shared is not beside the repository'

const ajv = new Ajv.default({ strict: false, validateSchema: false })
addFormats.default(ajv)
const compiled = new Map<string, ValidateFunction>()

/** Returns the errors of a body by the schema of its media type, such as `article-list.v1`. */
export function schemaErrors(name: string, body: unknown): string[] {
  const validate = compiled.get(name) ?? ajv.compile(JSON.parse(readFileSync(new URL(`${name}.json`, model), 'utf8')))
  compiled.set(name, validate)
  return validate(body) ? [] : (validate.errors ?? []).map((error) => `${error.instancePath} ${error.message}`)
}

export interface RealArticle {
  id: string
  version: number
  status: 'poa' | 'vor'
  [key: string]: unknown
}

/** Returns article JSON documents of real articles, the versions of an article in order. */
export function realArticles(): RealArticle[] {
  return readdirSync(articles)
    .filter((name) => /-v\d\.xml\.json$/.test(name))
    .toSorted()
    .map((name) => JSON.parse(readFileSync(new URL(name, articles), 'utf8')).article)
}

/** Returns what the original's converter makes of JATS files. */
export function convertedArticles(): RealArticle[] {
  const folder = new URL('../adaptor-json/', articles)
  return readdirSync(folder).map((name) => JSON.parse(readFileSync(new URL(name, folder), 'utf8')).article)
}

export function invalidArticle(): Record<string, unknown> {
  return JSON.parse(readFileSync(new URL('elife-01968-v1-bad.xml.json', articles), 'utf8')).article
}
