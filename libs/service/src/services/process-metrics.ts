import { performance, type EventLoopUtilization } from 'node:perf_hooks'
import { collectDefaultMetrics, Registry } from 'prom-client'
import { addGauge } from '../health/gauge.ts'

/** A timer measures how late the event loop is; at prom-client's default of 10 ms, and even at 100, it alone would keep a resting process busy. */
const lagPrecisionMilliseconds = 1000

/** Creates the metrics of the process itself: processor time, memory, event loop, start time, version. */
export function processMetrics(version: string | undefined): Registry {
  const registry = new Registry()
  collectDefaultMetrics({ register: registry, eventLoopMonitoringPrecision: lagPrecisionMilliseconds })
  addGauge(registry, {
    name: 'continuum_build_info',
    help: 'Always 1; its label says which version runs.',
    labels: ['version'],
    read: async () => [{ labels: { version: version ?? 'unknown' }, value: 1 }],
  })
  let before: EventLoopUtilization = performance.eventLoopUtilization()
  addGauge(registry, {
    name: 'nodejs_eventloop_utilization_ratio',
    help: 'The share of the time since the last scrape in which the event loop was busy.',
    read: async () => {
      const now = performance.eventLoopUtilization()
      const { utilization } = performance.eventLoopUtilization(now, before)
      before = now
      return [{ value: utilization }]
    },
  })
  return registry
}
