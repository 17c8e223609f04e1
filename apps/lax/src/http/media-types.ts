/** The kinds of content, by their name in media types. */
export type Kind = 'list' | 'poa' | 'vor' | 'history' | 'related' | 'search'

/** The supported versions of each media type, newest first; all but the first are deprecated. */
const versions: Record<Kind, readonly number[]> = {
  list: [1],
  poa: [4, 3],
  vor: [8, 7],
  history: [2, 1],
  related: [2, 1],
  search: [2],
}

export interface Answer {
  contentType: string
  /** The version of the media type; for some kinds the content depends on it. */
  version: number
  deprecated: boolean
  /** A short name of the content type for entity tags: the same content under two types is two entities. */
  name: string
}

/**
 * Chooses the media type of an answer: the newest version that the `Accept` header allows. A type without a version, a
 * wildcard, plain `application/json` and a missing header allow the newest. Content that fits no version of its type is
 * served as `application/json` to those who ask for no type of the public API.
 *
 * @param fitting the versions of the media type by which this content is valid; all by default
 * @returns undefined where no supported type is acceptable
 */
export function negotiate(
  kind: Kind,
  accept: string | undefined,
  fitting: readonly number[] = versions[kind],
): Answer | undefined {
  const vendorType = vendorTypeOf(kind)
  const ranges = (accept?.trim() || '*/*').split(',').map(parseRange)
  const [current = 1] = versions[kind]
  const newest = versions[kind].find((candidate) => fitting.includes(candidate))
  const open = ranges.some(({ type }) => wildcards.includes(type))
  const asked = new Set([
    ...ranges.flatMap(({ type, version }) => (type === vendorType ? [version ?? String(newest ?? current)] : [])),
    ...(open && newest !== undefined ? [String(newest)] : []),
  ])
  const version = versions[kind].find((candidate) => asked.has(String(candidate)) && fitting.includes(candidate))
  if (version === undefined) return open ? json(newest ?? current) : undefined
  if (ranges.every(({ type }) => type === 'application/json')) return json(version)
  return {
    contentType: `${vendorType}; version=${version}`,
    version,
    name: `${kind}${version}`,
    deprecated: versions[kind].some((other) => other < current && asked.has(String(other))),
  }
}

const wildcards = ['*/*', 'application/*', 'application/json']

function json(version: number): Answer {
  return { contentType: 'application/json', version, name: `json${version}`, deprecated: false }
}

/** Tells whether a client asks for a type of the public API by name, and nothing else will do. */
export function demandsPublicApi(accept: string | undefined): boolean {
  return !(accept?.trim() || '*/*').split(',').some((range) => wildcards.includes(parseRange(range).type))
}

/** Returns the media types of a kind, with their versions. */
export function mediaTypesOf(kind: Kind): string[] {
  return versions[kind].map((version) => `${vendorTypeOf(kind)}; version=${version}`)
}

function vendorTypeOf(kind: Kind): string {
  return kind === 'search' ? 'application/vnd.elife.search+json' : `application/vnd.elife.article-${kind}+json`
}

/** A range of quality 0 is one that the client does not want; other qualities are not told apart. */
function parseRange(range: string): { type: string; version?: string } {
  const [type = '', ...parameters] = range.split(';').map((part) => part.trim().toLowerCase())
  if (parameters.some((parameter) => /^q=0(\.0*)?$/.test(parameter))) return { type: '' }
  const version = parameters.flatMap((parameter) => /^version="?([^"]*)"?$/.exec(parameter)?.[1] ?? [])[0]
  return { type, ...(version !== undefined && { version }) }
}
