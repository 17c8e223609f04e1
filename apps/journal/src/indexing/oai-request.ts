/** An error of OAI-PMH, which is answered with status 200. Section 3.6 of the specification. */
export type OaiErrorCode =
  | 'badVerb'
  | 'badArgument'
  | 'badResumptionToken'
  | 'cannotDisseminateFormat'
  | 'idDoesNotExist'
  | 'noRecordsMatch'
  | 'noMetadataFormats'
  | 'noSetHierarchy'

/** Thrown for a request that OAI-PMH answers with an error. Never retried: the request is wrong. */
export class OaiError extends Error {
  override readonly name = 'OaiError'
  readonly retry = false
  readonly code: OaiErrorCode

  constructor(code: OaiErrorCode, message: string) {
    super(message)
    this.code = code
  }
}

export type Verb = keyof typeof verbs

/** The arguments of each verb; those with a `!` are required unless a token continues the list. */
const verbs = {
  Identify: [],
  ListMetadataFormats: ['identifier'],
  ListSets: ['resumptionToken'],
  ListIdentifiers: ['from', 'until', 'metadataPrefix!', 'set', 'resumptionToken'],
  ListRecords: ['from', 'until', 'metadataPrefix!', 'set', 'resumptionToken'],
  GetRecord: ['identifier!', 'metadataPrefix!'],
} as const

export interface OaiRequest {
  verb: Verb
  arguments: Readonly<Record<string, string>>
}

/**
 * Reads a request.
 *
 * @throws OaiError badVerb or badArgument
 */
export function readRequest(parameters: URLSearchParams): OaiRequest {
  const names = [...parameters.keys()]
  const verb = parameters.get('verb')
  if (verb === null || names.filter((name) => name === 'verb').length > 1 || !isVerb(verb)) {
    throw new OaiError('badVerb', `The verb must be one of ${Object.keys(verbs).join(', ')}, and be given once.`)
  }
  const known: readonly string[] = verbs[verb]
  const given = names.filter((name) => name !== 'verb')
  for (const name of given) {
    if (!known.some((each) => each.replace('!', '') === name))
      throw new OaiError('badArgument', `${verb} has no argument ${name}.`)
    if (given.filter((each) => each === name).length > 1)
      throw new OaiError('badArgument', `${name} is given more than once.`)
    if (parameters.get(name) === '') throw new OaiError('badArgument', `${name} is empty.`)
  }
  if (given.includes('resumptionToken') && given.length > 1) {
    throw new OaiError('badArgument', 'resumptionToken excludes all other arguments.')
  }
  const missing = known.filter((name) => name.endsWith('!') && !given.includes(name.slice(0, -1)))
  if (missing.length > 0 && !given.includes('resumptionToken')) {
    throw new OaiError('badArgument', `${verb} needs ${missing.map((name) => name.slice(0, -1)).join(' and ')}.`)
  }
  return { verb, arguments: Object.fromEntries(given.map((name) => [name, parameters.get(name) ?? ''])) }
}

function isVerb(text: string): text is Verb {
  return Object.hasOwn(verbs, text)
}

/**
 * Reads the bounds of a list; a day as `until` means its end.
 *
 * @throws OaiError badArgument
 */
export function readBounds(given: Readonly<Record<string, string>>): {
  from?: Temporal.Instant
  until?: Temporal.Instant
} {
  const { from: begin, until: end } = given
  if (begin !== undefined && end !== undefined && begin.length !== end.length) {
    throw new OaiError('badArgument', 'from and until must have the same granularity.')
  }
  const from = begin === undefined ? undefined : readTime('from', begin, 'T00:00:00Z')
  const until = end === undefined ? undefined : readTime('until', end, 'T23:59:59Z')
  if (from && until && Temporal.Instant.compare(from, until) > 0)
    throw new OaiError('badArgument', 'from is after until.')
  return { ...(from && { from }), ...(until && { until }) }
}

function readTime(name: string, text: string, time: string): Temporal.Instant {
  try {
    if (/^\d{4}-\d\d-\d\d$/.test(text)) return Temporal.Instant.from(text + time)
    if (/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/.test(text)) return Temporal.Instant.from(text)
  } catch {
    // Said below.
  }
  throw new OaiError('badArgument', `${name} must be YYYY-MM-DD or YYYY-MM-DDThh:mm:ssZ.`)
}
