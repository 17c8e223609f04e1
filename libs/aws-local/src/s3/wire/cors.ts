import { S3Error } from '../model/errors.ts'
import { childrenOf, childText, onlyChildren, readXml, type XmlElement } from './xml-reader.ts'

/** A rule: the methods and headers that pages of other origins may use. */
export interface CorsRule {
  readonly origins: readonly string[]
  readonly methods: readonly string[]
  readonly headers: readonly string[]
  readonly exposed: readonly string[]
  /** Seconds for which a browser may cache the answer. */
  readonly maxAge: string | undefined
}

/** A cross-origin request: a preflight, or the request itself. */
export interface CorsQuestion {
  readonly origin: string
  readonly method: string
  readonly headers: readonly string[]
}

const methods = ['GET', 'PUT', 'HEAD', 'POST', 'DELETE']

/** Reads a CORSConfiguration. Throws MalformedXML or InvalidRequest. */
export function parseCors(document: string): CorsRule[] {
  const root = readXml(document, 'CORSConfiguration')
  onlyChildren(root, ['CORSRule'])
  if (root.children.length === 0 || root.children.length > 100) throw new S3Error('MalformedXML')
  return root.children.map(parseRule)
}

function parseRule(rule: XmlElement): CorsRule {
  onlyChildren(rule, ['ID', 'AllowedOrigin', 'AllowedMethod', 'AllowedHeader', 'ExposeHeader', 'MaxAgeSeconds'])
  const texts = (name: string) => childrenOf(rule, name).map((child) => child.text)
  const [origins, allowed] = [texts('AllowedOrigin'), texts('AllowedMethod')]
  if (allowed.length === 0 || origins.length === 0) throw new S3Error('MalformedXML')
  const unknown = allowed.find((method) => !methods.includes(method))
  if (unknown !== undefined)
    throw new S3Error(
      'InvalidRequest',
      `Found unsupported HTTP method in CORS config. Unsupported method is ${unknown}`,
    )
  if (origins.some((origin) => origin.split('*').length > 2))
    throw new S3Error('InvalidRequest', 'AllowedOrigin can not have more than one wildcard.')
  return {
    origins,
    methods: allowed,
    headers: texts('AllowedHeader'),
    exposed: texts('ExposeHeader'),
    maxAge: childText(rule, 'MaxAgeSeconds'),
  }
}

/** Matches a text against a pattern with at most one `*`, ignoring case. */
function fits(text: string, pattern: string): boolean {
  const [start = '', end] = pattern.toLowerCase().split('*')
  const small = text.toLowerCase()
  if (end === undefined) return small === start
  return small.length >= start.length + end.length && small.startsWith(start) && small.endsWith(end)
}

/** The CORS headers of a reply; undefined if no rule allows the request. The first matching rule decides. */
export function answerCors(rules: readonly CorsRule[], asked: CorsQuestion): Record<string, string> | undefined {
  const rule = rules.find(
    (it) =>
      it.origins.some((pattern) => fits(asked.origin, pattern)) &&
      it.methods.includes(asked.method) &&
      asked.headers.every((name) => it.headers.some((pattern) => fits(name, pattern))),
  )
  if (!rule) return undefined
  const anyone = rule.origins.includes('*')
  return {
    'access-control-allow-origin': anyone ? '*' : asked.origin,
    'access-control-allow-methods': rule.methods.join(', '),
    ...(asked.headers.length > 0 && { 'access-control-allow-headers': asked.headers.join(', ') }),
    ...(rule.exposed.length > 0 && { 'access-control-expose-headers': rule.exposed.join(', ') }),
    ...(rule.maxAge !== undefined && { 'access-control-max-age': rule.maxAge }),
    ...(!anyone && { 'access-control-allow-credentials': 'true' }),
    vary: 'Origin, Access-Control-Request-Headers, Access-Control-Request-Method',
  }
}
