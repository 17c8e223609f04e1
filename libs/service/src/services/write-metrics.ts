import { Registry } from 'prom-client'
import { joinServices, type ServiceText } from '../health/exposition.ts'
import { addGauge } from '../health/gauge.ts'
import { secondsSince, type ServiceHealth } from '../health/service-health.ts'
import type { Logger } from '../process/log.ts'

/**
 * Writes the metrics of a process and of all its services in Prometheus' text format. What cannot be told now, as while the database
 * is unavailable, is left out and logged: the rest is wanted most just then.
 *
 * @param own the metrics of the process itself, and its name
 */
export async function writeMetrics(
  own: { readonly name: string; readonly registry: Registry },
  services: readonly ServiceHealth[],
  logger: Logger,
): Promise<string> {
  const part = async (service: string, write: () => Promise<string>): Promise<ServiceText> => {
    try {
      return { service, text: await write() }
    } catch (error) {
      logger.warn({ err: error, of: service }, 'some metrics could not be told')
      return { service, text: '' }
    }
  }
  const parts = services.flatMap((service) => [
    part(service.name, () => pollMetrics(service)),
    ...service.registry
      .getMetricsAsArray()
      .map(({ name }) => part(service.name, async () => `${await service.registry.getSingleMetricAsString(name)}\n`)),
    ...service.pollers().map(({ metrics }) => part(service.name, async () => (await metrics?.()) ?? '')),
  ])
  return joinServices(await Promise.all([part(own.name, () => own.registry.metrics()), ...parts]))
}

/** The age of the last poll of each poller. */
function pollMetrics(service: ServiceHealth): Promise<string> {
  const registry = new Registry()
  addGauge(registry, {
    name: 'continuum_last_poll_age_seconds',
    help: 'Since a poller last heard from its queue or task list, or was at work.',
    labels: ['poller'],
    read: async () =>
      service.pollers().map(({ name, lastSignOfLife }) => ({
        labels: { poller: name },
        value: secondsSince(lastSignOfLife()),
      })),
  })
  return registry.metrics()
}
