import { Ajv, type ValidateFunction } from 'ajv'
import Draft04 from 'ajv-draft-04'
import formats from 'ajv-formats'
import { readFileSync } from 'node:fs'
import { problemsOf, type SchemaProblem } from './problems.ts'

/** A media type of the public API under which an article can be served. */
export interface PublicApiVersion {
  readonly kind: 'poa' | 'vor'
  readonly version: number
  /** `application/vnd.elife.article-vor+json; version=8` */
  readonly mediaType: string
}

const publicVersions: readonly (readonly ['poa' | 'vor', number])[] = [
  ['poa', 3],
  ['poa', 4],
  ['vor', 7],
  ['vor', 8],
]

/** Checks article JSON against our schema, `schema/article.json`; no problem where it is valid. */
export function validateArticleJson(article: unknown): readonly SchemaProblem[] {
  const isValid = ours()
  return isValid(article) ? [] : problemsOf(isValid.errors ?? [])
}

/**
 * The media types of the public API by whose schemas an article is valid, in the order of their versions; none for an article
 * that says what only our schema allows.
 */
export function publicApiVersionsOf(article: unknown): readonly PublicApiVersion[] {
  const status: unknown = Object(article).status
  return publicVersions
    .filter(([kind, version]) => kind === status && theirs(`article-${kind}.v${version}`)(article))
    .map(([kind, version]) => ({
      kind,
      version,
      mediaType: `application/vnd.elife.article-${kind}+json; version=${version}`,
    }))
}

/** Compiled when first asked for, and once. */
const compiled = new Map<string, ValidateFunction>()

function ours(): ValidateFunction {
  return once('article', () => {
    const ajv = new Ajv({ strict: false, allErrors: true, verbose: true, discriminator: true })
    formats.default(ajv)
    return ajv.compile(read('article.json'))
  })
}

function theirs(name: string): ValidateFunction {
  return once(name, () => {
    const ajv = new Draft04.default({ strict: false, validateSchema: false })
    formats.default(ajv)
    return ajv.compile(read(`public-api/${name}.json`))
  })
}

function once(name: string, compile: () => ValidateFunction): ValidateFunction {
  const known = compiled.get(name) ?? compile()
  compiled.set(name, known)
  return known
}

function read(path: string): object {
  return Object(JSON.parse(readFileSync(new URL(`../../schema/${path}`, import.meta.url), 'utf8')))
}
