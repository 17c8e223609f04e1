import { addGauge, type ServiceHealth } from '@continuum/service'
import type { DashboardSettings } from '@continuum/settings'
import type { Sql } from 'postgres'
import { processOverview } from '../processes/process-overview.ts'
import { queueLooks } from '../store/queue-looks.ts'

/** Adds what the looks at queues and processes found to the metrics of the service. */
export function countLooks(
  { registry }: ServiceHealth,
  sql: Sql,
  settings: Pick<DashboardSettings, 'PROCESSES'>,
): void {
  addGauge(registry, {
    name: 'continuum_queue_messages',
    help: 'Messages of a queue, as SQS counted them within the last minute.',
    labels: ['queue', 'state'],
    read: async () =>
      (await queueLooks(sql)).flatMap(({ queue, waiting, underWay, dead }) => [
        { labels: { queue, state: 'waiting' }, value: waiting },
        { labels: { queue, state: 'in flight' }, value: underWay },
        { labels: { queue, state: 'dead' }, value: dead },
      ]),
  })
  addGauge(registry, {
    name: 'continuum_process_tasks',
    help: 'Tasks of a process that run.',
    labels: ['process'],
    read: async () =>
      (await processOverview(sql, settings)).processes.map(({ name, tasks }) => ({
        labels: { process: name },
        value: tasks.filter(({ state }) => state === 'running').length,
      })),
  })
  addGauge(registry, {
    name: 'continuum_process_restarts',
    help: 'Tasks of a process that were replaced within the last day.',
    labels: ['process'],
    read: async () =>
      (await processOverview(sql, settings)).processes.map(({ name, restarts }) => ({
        labels: { process: name },
        value: restarts,
      })),
  })
}
