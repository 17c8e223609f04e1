import { Ajv, type ValidateFunction } from 'ajv'
import Draft04 from 'ajv-draft-04'
import formats from 'ajv-formats'
import { readFileSync } from 'node:fs'
import { problemsOf, problemsOfBranches, type SchemaProblem } from './problems.ts'

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
 * Checks article JSON against our schema and then against the public API's of its status: no problem where it is valid by ours
 * and by any supported version of theirs.
 */
export function validatePublicArticleJson(article: unknown): readonly SchemaProblem[] {
  const problems = validateArticleJson(article)
  if (problems.length > 0 || publicApiVersionsOf(article).length > 0) return problems
  const isValid = theirs(`article-${Object(article).status === 'poa' ? 'poa.v4' : 'vor.v8'}`, { allErrors: true })
  isValid(secured(article))
  return problemsOfBranches(isValid.errors ?? [])
}

/**
 * The media types of the public API by whose schemas an article is valid, in the order of their versions; none for an article
 * that says what only our schema allows. Images on this machine count as served over TLS, as in browsers.
 */
export function publicApiVersionsOf(article: unknown): readonly PublicApiVersion[] {
  const status: unknown = Object(article).status
  const shown = secured(article)
  return publicVersions
    .filter(([kind, version]) => kind === status && theirs(`article-${kind}.v${version}`)(shown))
    .map(([kind, version]) => ({
      kind,
      version,
      mediaType: `application/vnd.elife.article-${kind}+json; version=${version}`,
    }))
}

/** Nobody listens between a browser and its own machine, so the public API's demand for https is met there. */
function secured(article: unknown): unknown {
  if (!namesThisMachine(article)) return article
  const text = JSON.stringify(article) ?? 'null'
  const secure = text.replace(/"http(?=:\/\/(?:localhost|127\.0\.0\.1|\[::1\])[:/])/g, '"https')
  return secure === text ? article : JSON.parse(secure)
}

/** Tells if a text in a value begins with an address of this machine; most articles have none, and need not be written as text to see it. */
function namesThisMachine(value: unknown): boolean {
  if (typeof value === 'string') return value.startsWith('http://') && ownAddress.test(value)
  return typeof value === 'object' && value !== null && Object.values(value).some(namesThisMachine)
}

const ownAddress = /^http:\/\/(?:localhost|127\.0\.0\.1|\[::1\])[:/]/

/** Compiled when first asked for, and once. */
const compiled = new Map<string, ValidateFunction>()

function ours(): ValidateFunction {
  return once('article', () => {
    const ajv = new Ajv({ strict: false, allErrors: true, verbose: true, discriminator: true })
    formats.default(ajv)
    return ajv.compile(read('article.json'))
  })
}

/** With all errors it takes twenty times as long, for it tries every kind of each part: only to say what is wrong. */
function theirs(name: string, { allErrors = false } = {}): ValidateFunction {
  return once(`${name} ${allErrors}`, () => {
    const ajv = new Draft04.default({ strict: false, validateSchema: false, allErrors, verbose: allErrors })
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
