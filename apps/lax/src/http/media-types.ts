/** The kinds of content, by their name in media types. */
export type Kind = 'list' | 'poa' | 'vor' | 'history' | 'related'

/** The supported versions of each media type, newest first; all but the first are deprecated. */
const versions: Record<Kind, readonly number[]> = {
  list: [1],
  poa: [4, 3],
  vor: [8, 7],
  history: [2, 1],
  related: [2, 1],
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
 * wildcard, plain `application/json` and a missing header allow the newest.
 *
 * @param olderToo says whether this content fits deprecated versions of its type
 * @returns undefined where no supported type is acceptable
 */
export function negotiate(
  kind: Kind,
  accept: string | undefined,
  olderToo: () => boolean = () => true,
): Answer | undefined {
  const vendorType = vendorTypeOf(kind)
  const ranges = (accept?.trim() || '*/*').split(',').map(parseRange)
  const [current = 1] = versions[kind]
  const asked = new Set(
    ranges.flatMap(({ type, version }) => {
      if (type === vendorType) return [version ?? String(current)]
      return ['*/*', 'application/*', 'application/json'].includes(type) ? [String(current)] : []
    }),
  )
  const version = versions[kind].find((candidate) => asked.has(String(candidate)))
  if (version === undefined || (version < current && !olderToo())) return undefined
  const plain = ranges.every(({ type }) => type === 'application/json')
  return {
    contentType: plain ? 'application/json' : `${vendorType}; version=${version}`,
    version,
    name: plain ? 'json' : `${kind}${version}`,
    deprecated: versions[kind].some((other) => other < current && asked.has(String(other))),
  }
}

/** Returns the media types of a kind, with their versions. */
export function mediaTypesOf(kind: Kind): string[] {
  return versions[kind].map((version) => `${vendorTypeOf(kind)}; version=${version}`)
}

function vendorTypeOf(kind: Kind): string {
  return `application/vnd.elife.article-${kind}+json`
}

function parseRange(range: string): { type: string; version?: string } {
  const [type = '', ...parameters] = range.split(';').map((part) => part.trim().toLowerCase())
  const version = parameters.flatMap((parameter) => /^version="?([^"]*)"?$/.exec(parameter)?.[1] ?? [])[0]
  return { type, ...(version !== undefined && { version }) }
}
