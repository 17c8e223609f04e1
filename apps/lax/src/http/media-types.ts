/** What is asked for, by the name it has in media types. */
export type Kind = 'list' | 'poa' | 'vor' | 'history' | 'related'

/** Versions of each media type that are answered, newest first; all but the first are deprecated. */
const versions: Record<Kind, readonly number[]> = {
  list: [1],
  poa: [4, 3],
  vor: [8, 7],
  history: [2, 1],
  related: [2, 1],
}

export interface Answer {
  contentType: string
  /** The version of the media type, which for some kinds changes what is in the answer. */
  version: number
  deprecated: boolean
  /** Short name of the content type, for entity tags: the same content under two types is two entities. */
  name: string
}

/**
 * Chooses the media type of an answer: the newest version among those that the `Accept` header takes, where a type
 * without a version, a wildcard, no header, and plain `application/json` take the newest.
 *
 * @param olderToo whether this content can be answered under deprecated versions; it can unless told
 * @returns undefined where nothing acceptable can be answered
 */
export function negotiate(
  kind: Kind,
  accept: string | undefined,
  olderToo: () => boolean = () => true,
): Answer | undefined {
  const vendorType = `application/vnd.elife.article-${kind}+json`
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

function parseRange(range: string): { type: string; version?: string } {
  const [type = '', ...parameters] = range.split(';').map((part) => part.trim().toLowerCase())
  const version = parameters.flatMap((parameter) => /^version="?([^"]*)"?$/.exec(parameter)?.[1] ?? [])[0]
  return { type, ...(version !== undefined && { version }) }
}
