import { matchesPattern } from '../../shared/wildcard.ts'
import { S3Error } from './errors.ts'

type Json = { readonly [member: string]: unknown }

const isObject = (value: unknown): value is Json => typeof value === 'object' && value !== null && !Array.isArray(value)

const list = (value: unknown): unknown[] => (Array.isArray(value) ? value : value === undefined ? [] : [value])

const refuse = (why: string) => new S3Error('MalformedPolicy', why)

/** Reads the statements of a bucket policy. Throws MalformedPolicy where S3 would. */
export function parsePolicy(document: string, bucket: string): readonly Json[] {
  const policy = parseJson(document)
  if (!isObject(policy)) throw new S3Error('MalformedPolicy')
  const statements = list(policy['Statement']).filter(isObject)
  if (statements.length === 0) throw refuse('Missing required field Statement')
  for (const statement of statements) checkStatement(statement, bucket)
  return statements
}

function parseJson(document: string): unknown {
  try {
    return JSON.parse(document)
  } catch {
    throw refuse("Policies must be valid JSON and the first byte must be '{'")
  }
}

function checkStatement(statement: Json, bucket: string): void {
  if (statement['Effect'] !== 'Allow' && statement['Effect'] !== 'Deny')
    throw refuse('Invalid effect: ' + JSON.stringify(statement['Effect']))
  if (!('Principal' in statement || 'NotPrincipal' in statement)) throw refuse('Missing required field Principal')
  if (!('Action' in statement || 'NotAction' in statement)) throw refuse('Missing required field Action')
  const resources = list(statement['Resource'] ?? statement['NotResource'])
  const own = `arn:aws:s3:::${bucket}`
  const foreign = resources.some((it) => typeof it !== 'string' || !matches(own, it.split('/')[0] ?? ''))
  if (resources.length === 0 || foreign) throw refuse('Policy has invalid resource')
}

/** Compares actions as policies do, without regard to case. */
const matches = (name: string, pattern: string): boolean =>
  name.startsWith('s3:') ? matchesPattern(name.toLowerCase(), pattern.toLowerCase()) : matchesPattern(name, pattern)

const anyMatches = (name: string, patterns: unknown): boolean =>
  list(patterns).some((it) => typeof it === 'string' && matches(name, it))

const isEveryone = (principal: unknown): boolean =>
  principal === '*' || (isObject(principal) && list(principal['AWS']).includes('*'))

/** True if a statement is about requests without TLS alone. aws-local serves one machine, and counts as reached over TLS. */
function isForPlainRequests(condition: unknown): boolean {
  const bool = isObject(condition) && Object.keys(condition).length === 1 ? condition['Bool'] : undefined
  const [[key, value] = [], ...others] = isObject(bool) ? Object.entries(bool) : []
  return others.length === 0 && key?.toLowerCase() === 'aws:securetransport' && String(value) === 'false'
}

/**
 * True if a policy lets anonymous requests do `action` on `resource` (an ARN). Of conditions only one for requests without TLS is
 * evaluated: a statement with another never allows and always denies.
 */
export function allowsAnonymous(
  document: string | undefined,
  bucket: string,
  action: string,
  resource: string,
): boolean {
  if (document === undefined) return false
  const concerning = parsePolicy(document, bucket).filter(
    (it) =>
      fits(it, 'Principal', isEveryone) &&
      fits(it, 'Action', (patterns) => anyMatches(action, patterns)) &&
      fits(it, 'Resource', (patterns) => anyMatches(resource, patterns)) &&
      !isForPlainRequests(it['Condition']),
  )
  const denied = concerning.some((it) => it['Effect'] === 'Deny')
  return !denied && concerning.some((it) => it['Effect'] === 'Allow' && it['Condition'] === undefined)
}

/** Evaluates one element of a statement, or its negation (NotAction...). */
const fits = (statement: Json, element: string, test: (value: unknown) => boolean): boolean =>
  element in statement ? test(statement[element]) : !test(statement[`Not${element}`])

/** True if a policy grants anything to everyone, which BlockPublicPolicy refuses to store. */
export const isPublic = (document: string, bucket: string): boolean =>
  parsePolicy(document, bucket).some(
    (it) => it['Effect'] === 'Allow' && it['Condition'] === undefined && fits(it, 'Principal', isEveryone),
  )
