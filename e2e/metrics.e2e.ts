import { expect, test } from 'vitest'
import { newEnvironment } from './environment.ts'
import { exported, grafanaDashboard, wantedBy } from './grafana.ts'

/** The metrics of a running environment, and the Grafana dashboard that shows them. */

/** The label that Prometheus itself adds. */
const ofPrometheus = 'instance'

test('every panel asks for something, under an id of its own', () => {
  const { panels } = grafanaDashboard()
  const shown = panels.filter(({ type }) => type !== 'row')
  expect(shown.length).toBeGreaterThan(20)
  for (const { title, targets = [] } of shown) {
    expect(targets.length, title).toBeGreaterThan(0)
    for (const { expr } of targets) expect(wantedBy(expr).length, title).toBeGreaterThan(0)
  }
  expect(new Set(panels.map(({ id }) => id)).size).toBe(panels.length)
})

test('the metrics of a query are told from its functions, labels and ranges', () => {
  const query = 'sum by (le, a_b) (rate(x_total{c=~"$d",e!="f"}[5m])) / max(y_seconds)'
  expect(wantedBy(query)).toEqual([
    { metric: 'x_total', labels: ['le', 'a_b', 'c', 'e'] },
    { metric: 'y_seconds', labels: ['le', 'a_b'] },
  ])
})

test('a running environment exports every metric that the Grafana dashboard asks for, on its health ports alone', async () => {
  await using environment = await newEnvironment()
  const run = environment.start('--automatic')
  await run.line((line) => line.includes('PUBLISHED'))
  const worker = new URL(environment.urls.health)
  worker.port = String(Number(worker.port) + 1)
  const metricsOf = async (url: string) => {
    const reply = await fetch(new URL('/metrics', url))
    expect([reply.status, reply.headers.get('content-type')]).toEqual([200, 'text/plain; version=0.0.4; charset=utf-8'])
    return reply.text()
  }
  const known = exported(`${await metricsOf(environment.urls.health)}${await metricsOf(worker.href)}`)
  const { panels, templating } = grafanaDashboard()
  const queries = panels.flatMap(({ targets = [] }) => targets.map(({ expr }) => expr))
  for (const query of queries)
    for (const { metric, labels } of wantedBy(query)) {
      const has = known.get(metric)
      expect(has, `${metric} of: ${query}`).toBeDefined()
      const missing = labels.filter((label) => label !== ofPrometheus && !has?.has(label))
      // A metric of which there is nothing to tell yet has no labels.
      if (has && has.size > 0) expect(missing, `labels of ${metric} in: ${query}`).toEqual([])
    }
  for (const { definition } of templating.list)
    if (definition !== undefined) expect(known.has(/\((\w+)/.exec(definition)?.[1] ?? '')).toBe(true)

  for (const url of [environment.urls.journal, environment.urls.lax, environment.urls.api, environment.urls.dashboard])
    for (const path of ['/metrics', '/health']) {
      const { status } = await fetch(`${url}${path}`, { redirect: 'manual' })
      expect([url, path, [303, 404].includes(status)]).toEqual([url, path, true])
    }
})
