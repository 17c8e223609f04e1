const hrefs = /\shref\s*=\s*["']#([^"']+)["']/gi
const ids = /\s(?:id|name)\s*=\s*["']([^"']+)["']/gi

/** All ids in the strings of article JSON, and all ids that its links lead to: `#x` is a link to `x`. */
export function linksOf(json: unknown): { readonly targets: ReadonlySet<string>; readonly ids: ReadonlySet<string> } {
  const targets = new Set<string>()
  const known = new Set<string>()
  const read = (value: unknown) => {
    if (typeof value === 'string' && value.includes('<')) {
      for (const [, target = ''] of value.matchAll(hrefs)) targets.add(decoded(target))
      for (const [, id = ''] of value.matchAll(ids)) known.add(id)
    } else if (Array.isArray(value)) {
      value.forEach(read)
    } else if (typeof value === 'object' && value !== null) {
      for (const [key, item] of Object.entries(value)) {
        if (key === 'id' && typeof item === 'string') known.add(item)
        if (key === 'anchors' && Array.isArray(item)) for (const place of item) known.add(String(place))
        read(item)
      }
    }
  }
  read(json)
  return { targets, ids: known }
}

/** Targets of links within article JSON that are nowhere in it. */
export function deadTargets(json: unknown): readonly string[] {
  const { targets, ids: known } = linksOf(json)
  return [...targets].filter((target) => !known.has(target))
}

function decoded(target: string): string {
  const text = target.replaceAll('&amp;', '&').replaceAll('&#x2F;', '/')
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

/** Every string of a JSON value, keys left out. */
export function stringsOf(json: unknown): readonly string[] {
  if (typeof json === 'string') return [json]
  if (Array.isArray(json)) return json.flatMap(stringsOf)
  return typeof json === 'object' && json !== null ? Object.values(json).flatMap(stringsOf) : []
}
