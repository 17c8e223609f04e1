/** Metrics of one service in Prometheus' text format. */
export interface ServiceText {
  readonly service: string
  readonly text: string
}

/**
 * Joins metrics of several services into one text in Prometheus' format, which wants each family once. Each sample gets the label
 * `service`. A family of which there is nothing to tell yet is there by its name and its help.
 */
export function joinServices(parts: readonly ServiceText[]): string {
  const families = new Map<string, { readonly head: Map<string, string>; readonly samples: string[] }>()
  for (const { service, text } of parts) {
    let family: { head: Map<string, string>; samples: string[] } | undefined
    for (const line of text.split('\n')) {
      const [, keyword, name] = /^# (HELP|TYPE) (\S+)/.exec(line) ?? []
      if (keyword !== undefined && name !== undefined) {
        family = families.get(name) ?? { head: new Map(), samples: [] }
        families.set(name, family)
        family.head.set(keyword, line)
      } else if (family && /^[a-zA-Z_:]/.test(line)) family.samples.push(labelled(line, service))
    }
  }
  return [...families.values()].map(({ head, samples }) => `${[...head.values(), ...samples].join('\n')}\n`).join('')
}

/** Adds the label to a sample: `name 1` and `name{a="b"} 1`. */
function labelled(sample: string, service: string): string {
  const end = /^[\w:]+/.exec(sample)?.[0].length ?? 0
  const [name, rest] = [sample.slice(0, end), sample.slice(end)]
  const own = `service="${service}"`
  return rest.startsWith('{') && !rest.startsWith('{}')
    ? `${name}{${own},${rest.slice(1)}`
    : `${name}{${own}}${rest.replace(/^\{\}/, '')}`
}
