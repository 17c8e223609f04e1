import type * as Ajv from 'ajv'
import type AjvDraft04 from 'ajv-draft-04'
import type formats from 'ajv-formats'
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { isValid } from './compiled.ts'
import { problemsOf, problemsOfBranches, type SchemaProblem } from './problems.ts'
import { fileOf, publicSchemas, type PublicSchema, type SchemaName } from './public-schemas.ts'

/** A media type of the public API under which an article can be served. */
export interface PublicApiVersion {
  readonly kind: 'poa' | 'vor'
  readonly version: number
  /** `application/vnd.elife.article-vor+json; version=8` */
  readonly mediaType: string
}

/** Checks article JSON against our schema, `schema/article.json`; no problem where it is valid. */
export function validateArticleJson(article: unknown): readonly SchemaProblem[] {
  // What was parsed is JSON as it is; only what a program made can need the copy, and most of that does not.
  if (isValid('article', article) || isValid('article', asJson(article))) return []
  return explain('article', article, problemsOf)
}

/**
 * Checks article JSON against our schema and then against the public API's of its status: no problem where it is valid by ours
 * and by any supported version of theirs.
 */
export function validatePublicArticleJson(article: unknown): readonly SchemaProblem[] {
  const problems = validateArticleJson(article)
  if (problems.length > 0 || publicApiVersionsOf(article).length > 0) return problems
  const name = Object(article).status === 'poa' ? 'article-poa.v4' : 'article-vor.v8'
  return explain(name, secured(article), problemsOfBranches)
}

/**
 * The media types of the public API by whose schemas an article is valid, in the order of their versions; none for an article
 * that says what only our schema allows. Images on this machine count as served over TLS, as in browsers.
 */
export function publicApiVersionsOf(article: unknown): readonly PublicApiVersion[] {
  const shown = secured(article)
  return publicSchemas
    .map((name) => ({ name, ...versionOf(name) }))
    .filter(({ name, kind }) => kind === Object(article).status && isValid(name, shown))
    .map(({ kind, version }) => ({
      kind,
      version,
      mediaType: `application/vnd.elife.article-${kind}+json; version=${version}`,
    }))
}

function versionOf(name: PublicSchema): Pick<PublicApiVersion, 'kind' | 'version'> {
  return { kind: name.startsWith('article-poa') ? 'poa' : 'vor', version: Number(name.slice(name.indexOf('.v') + 2)) }
}

/** Nobody listens between a browser and its own machine, so the public API's demand for https is met there. */
function secured(article: unknown): unknown {
  if (!namesThisMachine(article)) return article
  const text = JSON.stringify(article) ?? 'null'
  return JSON.parse(text.replace(/"http(?=:\/\/(?:localhost|127\.0\.0\.1|\[::1\])[:/])/g, '"https'))
}

/** Tells if a text in a value begins with an address of this machine; most articles have none, and need not be written as text to see it. */
function namesThisMachine(value: unknown): boolean {
  if (typeof value === 'string') return value.startsWith('http://') && ownAddress.test(value)
  return typeof value === 'object' && value !== null && Object.values(value).some(namesThisMachine)
}

const ownAddress = /^http:\/\/(?:localhost|127\.0\.0\.1|\[::1\])[:/]/

/** A value as others read it: without what JSON does not have. */
function asJson(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value) ?? 'null')
}

const require = createRequire(import.meta.url)

/** Compiled when first asked for, and once. */
const compiled = new Map<SchemaName, Ajv.ValidateFunction>()

/** Says what is wrong with an article that is not valid. It takes a hundred times as long as to tell that. */
function explain(
  name: SchemaName,
  article: unknown,
  toProblems: (errors: NonNullable<Ajv.ValidateFunction['errors']>) => readonly SchemaProblem[],
): readonly SchemaProblem[] {
  const check = compiled.get(name) ?? (name === 'article' ? ours() : theirs(name))
  compiled.set(name, check)
  check(article)
  return toProblems(check.errors ?? [])
}

// ajv is loaded for an article that is not valid: few processes ever meet one.
function ours(): Ajv.ValidateFunction {
  const { Ajv: Ajv07 }: typeof Ajv = require('ajv')
  return compile(new Ajv07({ strict: false, allErrors: true, verbose: true, discriminator: true }), 'article')
}

function theirs(name: PublicSchema): Ajv.ValidateFunction {
  const Draft04: typeof AjvDraft04 = require('ajv-draft-04')
  return compile(new Draft04.default({ strict: false, validateSchema: false, allErrors: true, verbose: true }), name)
}

function compile(ajv: Ajv.Ajv, name: SchemaName): Ajv.ValidateFunction {
  const addFormats: typeof formats = require('ajv-formats')
  addFormats.default(ajv)
  return ajv.compile(Object(JSON.parse(readFileSync(new URL(`../../schema/${fileOf(name)}`, import.meta.url), 'utf8'))))
}
