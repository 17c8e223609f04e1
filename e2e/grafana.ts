import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Type, type Static } from 'typebox'
import { Value } from 'typebox/value'
import { root } from './environment.ts'

/** The Grafana dashboard that comes with Continuum, as far as it is tested. */
const GrafanaDashboard = Type.Object({
  templating: Type.Object({
    list: Type.Array(Type.Object({ name: Type.String(), definition: Type.Optional(Type.String()) })),
  }),
  panels: Type.Array(
    Type.Object({
      id: Type.Integer(),
      type: Type.String(),
      title: Type.String(),
      targets: Type.Optional(Type.Array(Type.Object({ expr: Type.String() }))),
    }),
  ),
})
export type GrafanaDashboard = Static<typeof GrafanaDashboard>

export function grafanaDashboard(): GrafanaDashboard {
  return Value.Parse(GrafanaDashboard, JSON.parse(readFileSync(join(root, 'docs/grafana.json'), 'utf8')))
}

/** A metric that a query reads, and the labels that it wants of it. */
export interface Wanted {
  readonly metric: string
  readonly labels: readonly string[]
}

/** Lists the metrics that a PromQL query reads, each with the labels of its matchers and of all groupings of the query. */
export function wantedBy(query: string): Wanted[] {
  const groupings = [...query.matchAll(/\bby \(([^)]*)\)/g)].flatMap(([, labels = '']) => labels.split(/, ?/))
  const bare = query.replaceAll(/ by \([^)]*\) /g, '').replaceAll(/\[[^\]]*\]/g, '')
  return [...bare.matchAll(/([a-z_][\w:]*)(?:\{([^}]*)\})?(?=[\s,)]|$)/g)].map(([, metric = '', matchers = '']) => ({
    metric,
    labels: [...groupings, ...[...matchers.matchAll(/(\w+)(?:=|!)/g)].map(([, label = '']) => label)],
  }))
}

/** The names of metrics in Prometheus' text format: of each sample, and of each family, which may have no samples yet. */
export function exported(text: string): Map<string, Set<string>> {
  const found = new Map<string, Set<string>>()
  for (const line of text.split('\n')) {
    const [, family, type] = /^# TYPE (\S+) (\S+)/.exec(line) ?? []
    if (family !== undefined) {
      const names = type === 'histogram' ? ['_bucket', '_sum', '_count'].map((end) => family + end) : [family]
      for (const name of names) found.set(name, found.get(name) ?? new Set())
    }
    const [, name, labels = ''] = /^([a-z_][\w:]*)(?:\{(.*)\})? /.exec(line) ?? []
    if (name === undefined) continue
    const known = found.get(name) ?? new Set()
    found.set(name, known)
    for (const [, label = ''] of labels.matchAll(/(\w+)="/g)) known.add(label)
  }
  return found
}
